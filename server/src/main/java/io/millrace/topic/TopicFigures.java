package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.metric.Answer;
import io.millrace.metric.Entity;
import io.millrace.metric.Figures;
import io.millrace.metric.Latest;
import io.millrace.metric.Metric;
import io.millrace.metric.Reported;
import io.millrace.metric.Tally;
import io.millrace.metric.TimeQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Figures of topics, as they were collected. */
final class TopicFigures {
    private final TopicTables tables;
    private final TopicService topics;
    private final Figures figures;
    private final Clock clock;

    TopicFigures(TopicTables tables, TopicService topics, Figures figures, Clock clock) {
        this.tables = tables;
        this.topics = topics;
        this.figures = figures;
        this.clock = clock;
    }

    /** Returns figures of the topics of some owners: those of the owners by topic. */
    Map<String, Map<String, TopicViews.Metrics>> table(Caller caller, TopicRequests.TableMetrics wanted) {
        Map<String, List<TopicEntry>> byOwner = new LinkedHashMap<>();
        wanted.entities().forEach(owner -> byOwner.computeIfAbsent(owner.id(), id -> new ArrayList<>())
                .addAll(of(caller, owner)));
        Set<Entity> entities = new HashSet<>();
        byOwner.values().forEach(some -> some.forEach(topic -> entities.add(Entity.topic(topic.topicId()))));
        Map<Entity, Tally> sums = figures.sums(entities, wanted.range());
        Map<Entity, Latest> latest = figures.latest(entities);
        Map<String, Map<String, TopicViews.Metrics>> table = new LinkedHashMap<>();
        byOwner.forEach((owner, some) -> {
            Map<String, TopicViews.Metrics> row = new LinkedHashMap<>();
            some.forEach(topic -> row.put(topic.topicId(), metrics(topic, sums, latest)));
            table.put(owner, row);
        });
        return table;
    }

    private static TopicViews.Metrics metrics(TopicEntry topic, Map<Entity, Tally> sums, Map<Entity, Latest> latest) {
        Entity entity = Entity.topic(topic.topicId());
        Optional<Latest> newest = Optional.ofNullable(latest.get(entity));
        Optional<Tally> sum = newest.map(known -> sums.getOrDefault(entity, new Tally()));
        return new TopicViews.Metrics(
                sum.map(tally -> tally.count(Metric.RECORDS_IN)),
                sum.map(tally -> tally.count(Metric.RECORDS_OUT)),
                sum.map(tally -> tally.count(Metric.BYTES_IN)),
                sum.map(tally -> tally.count(Metric.BYTES_OUT)),
                newest.flatMap(known ->
                        known.figures().value(Metric.LAG).stream().boxed().findFirst()),
                topic.deadLetters() ? sum.map(tally -> tally.count(Metric.RECORDS_IN)) : Optional.empty(),
                sum.flatMap(tally -> tally.delay(0.5).stream().boxed().findFirst()),
                newest.flatMap(Latest::lastRecordAt));
    }

    private List<TopicEntry> of(Caller caller, TopicRequests.MetricsEntity owner) {
        return tables
                .store()
                .<List<TopicEntry>, RuntimeException>read(
                        handle -> tables.topics().of(handle, caller, owner.entityType(), owner.id()))
                .stream()
                .filter(topic -> owner.topicIds()
                        .filter(ids -> !ids.isEmpty())
                        .map(ids -> ids.contains(topic.topicId()))
                        .orElse(true))
                .toList();
    }

    /** Returns figures of a topic of the caller's. */
    Answer of(Caller caller, String topicId, TimeQuery query) {
        Entity topic = Entity.topic(topics.find(caller, topicId).topicId());
        return figures.of(topic, Reported.OF_TOPICS, query);
    }

    /** Returns how many topics the caller's service has, and what went through all of them in a range of time. */
    TopicViews.Overview overview(Caller caller, TimeQuery.Range range) {
        TimeQuery.Buckets buckets = range.summary().buckets(clock.instant(), TimeQuery.Unit.HOUR);
        List<Tally> tallies = figures.tallies(Entity.service(caller.serviceId()), buckets);
        Tally all = new Tally();
        List<TopicViews.Volume> series = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            all.addAll(tallies.get(i));
            series.add(new TopicViews.Volume(
                    Answer.time(buckets.starts().get(i)),
                    tallies.get(i).count(Metric.BYTES_IN),
                    tallies.get(i).count(Metric.ERRORS),
                    tallies.get(i).count(Metric.RECORDS_IN)));
        }
        TopicRepository.Counts counts =
                tables.store().read(handle -> tables.topics().counts(handle, caller));
        return new TopicViews.Overview(
                counts.all(),
                counts.deadLetters(),
                all.count(Metric.BYTES_IN),
                all.count(Metric.ERRORS),
                all.count(Metric.RECORDS_IN),
                series);
    }
}
