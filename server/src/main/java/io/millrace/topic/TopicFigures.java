package io.millrace.topic;

import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.PartitionId;
import io.millrace.http.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Figures of topics, as Kafka's own index by time tells them: how many records came in a time, how far behind readers are,
 * when the last record was written. So they reach back as far as the topics do.
 */
final class TopicFigures {
    private static final DateTimeFormatter POINT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final Map<String, TopicViews.MetricName> NAMES = Map.of(
            "messages_in", new TopicViews.MetricName("Messages in", Optional.empty()),
            "lag", new TopicViews.MetricName("Consumer lag", Optional.of("messages")),
            "last_message_timestamp", new TopicViews.MetricName("Last message", Optional.empty()));

    private final TopicTables tables;
    private final TopicService topics;
    private final KafkaCluster kafka;
    private final Clock clock;

    TopicFigures(TopicTables tables, TopicService topics, KafkaCluster kafka, Clock clock) {
        this.tables = tables;
        this.topics = topics;
        this.kafka = kafka;
        this.clock = clock;
    }

    /** Returns figures of the topics of some owners: those of the owners by topic. */
    Map<String, Map<String, TopicViews.Metrics>> table(Caller caller, TopicRequests.TableMetrics wanted) {
        Optional<Duration> length = wanted.timeUnit()
                .map(unit -> TimeRange.length(wanted.timeInterval().orElse(1), unit));
        TimeRange range = TimeRange.of(wanted.timestampFrom(), wanted.timestampTo(), length, clock.instant());
        Map<String, List<TopicEntry>> byEntity = new LinkedHashMap<>();
        wanted.entities().forEach(entity -> byEntity.computeIfAbsent(entity.id(), id -> new ArrayList<>())
                .addAll(of(caller, entity)));
        Map<String, TopicViews.Metrics> figures =
                figures(byEntity.values().stream().flatMap(List::stream).collect(Collectors.toSet()), range);
        Map<String, Map<String, TopicViews.Metrics>> table = new LinkedHashMap<>();
        byEntity.forEach((entity, entries) -> {
            Map<String, TopicViews.Metrics> row = new LinkedHashMap<>();
            entries.forEach(topic -> row.put(topic.topicId(), figures.get(topic.topicId())));
            table.put(entity, row);
        });
        return table;
    }

    /** Returns the newest figures of a topic, or how many records came in each stretch of a time. */
    TopicViews.MetricsAnswer of(Caller caller, String topicId, TopicRequests.Metrics wanted) {
        TopicEntry topic = topics.find(caller, topicId);
        Optional<Duration> length = wanted.timeUnit().map(unit -> TimeRange.length(wanted.timeInterval(), unit));
        boolean series = wanted.timeType()
                .filter(type -> type != TopicRequests.TimeType.LATEST)
                .isPresent();
        TimeRange range = TimeRange.of(
                wanted.timestampFrom(), wanted.timestampTo(), series ? Optional.empty() : length, clock.instant());
        if (series) {
            return new TopicViews.MetricsAnswer(
                    Map.of("messages_in", series(topicId, range, length.orElse(Duration.ofHours(1)))),
                    Map.of("messages_in", NAMES.get("messages_in")));
        }
        TopicViews.Metrics newest = figures(List.of(topic), range).get(topicId);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("messages_in", newest.messagesIn());
        data.put("lag", newest.lag());
        data.put("last_message_timestamp", newest.lastMessageTimestamp());
        return new TopicViews.MetricsAnswer(data, NAMES);
    }

    private List<TopicEntry> of(Caller caller, TopicRequests.MetricsEntity entity) {
        return tables
                .store()
                .<List<TopicEntry>, RuntimeException>read(
                        handle -> tables.topics().of(handle, caller, entity.entityType(), entity.id()))
                .stream()
                .filter(topic -> entity.topicIds()
                        .filter(ids -> !ids.isEmpty())
                        .map(ids -> ids.contains(topic.topicId()))
                        .orElse(true))
                .toList();
    }

    private Map<String, TopicViews.Metrics> figures(Collection<TopicEntry> entries, TimeRange range) {
        List<String> names =
                entries.stream().map(TopicEntry::topicId).distinct().toList();
        Map<PartitionId, Long> from = kafka.groups().since(names, range.from());
        Map<PartitionId, Long> to = kafka.groups().since(names, range.to());
        Map<String, Long> lags = lags(names);
        Map<String, Instant> newest = kafka.admin().newest(names);
        Map<String, Long> in = came(from, to);
        Map<String, TopicViews.Metrics> figures = new HashMap<>();
        entries.forEach(topic -> {
            Optional<Long> messages = Optional.ofNullable(in.get(topic.topicId()));
            figures.put(
                    topic.topicId(),
                    new TopicViews.Metrics(
                            messages,
                            Optional.ofNullable(lags.get(topic.topicId())),
                            topic.deadLetters() ? messages : Optional.empty(),
                            Optional.ofNullable(newest.get(topic.topicId()))));
        });
        return figures;
    }

    private List<TopicViews.Point> series(String topic, TimeRange range, Duration length) {
        List<Instant> starts = range.buckets(length);
        List<TopicViews.Point> points = new ArrayList<>();
        Map<PartitionId, Long> before =
                starts.isEmpty() ? Map.of() : kafka.groups().since(List.of(topic), range.from());
        for (int i = 0; i < starts.size(); i++) {
            Instant end = i + 1 < starts.size() ? starts.get(i + 1) : range.to();
            Map<PartitionId, Long> after = kafka.groups().since(List.of(topic), end);
            points.add(new TopicViews.Point(
                    POINT.format(starts.get(i)), came(before, after).getOrDefault(topic, 0L)));
            before = after;
        }
        return points;
    }

    private static Map<String, Long> came(Map<PartitionId, Long> from, Map<PartitionId, Long> to) {
        Map<String, Long> sums = new HashMap<>();
        to.forEach((partition, end) ->
                sums.merge(partition.topic(), Math.max(0, end - from.getOrDefault(partition, end)), Long::sum));
        return sums;
    }

    /** Returns by how much the last of those who read each topic is behind; topics that nobody reads are left out. */
    private Map<String, Long> lags(List<String> names) {
        ConsumerGroups groups = kafka.groups();
        Map<PartitionId, OffsetSpan> spans = groups.spans(names);
        Map<String, Long> lags = new HashMap<>();
        groups.committed(groups.ids()).values().forEach(offsets -> {
            Map<String, Long> sums = new HashMap<>();
            offsets.forEach((partition, offset) -> Optional.ofNullable(spans.get(partition))
                    .ifPresent(span -> sums.merge(partition.topic(), span.behind(offset), Long::sum)));
            sums.forEach((topic, lag) -> lags.merge(topic, lag, Math::max));
        });
        return lags;
    }
}
