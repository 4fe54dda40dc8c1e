package io.millrace.topic;

import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicHoldings;
import io.millrace.http.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what topics hold, and how far behind who reads them is. */
final class TopicStatistics {
    private final TopicService topics;
    private final KafkaCluster kafka;

    TopicStatistics(TopicService topics, KafkaCluster kafka) {
        this.topics = topics;
        this.kafka = kafka;
    }

    TopicViews.Stats of(Caller caller, String topicId) {
        TopicEntry topic = topics.find(caller, topicId);
        return kafka.admin()
                .holdings(topicId)
                .map(holdings -> of(topic, holdings))
                .orElseGet(() -> new TopicViews.Stats(
                        topicId,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    private TopicViews.Stats of(TopicEntry topic, TopicHoldings holdings) {
        long offsets = holdings.partitions().stream()
                .mapToLong(TopicHoldings.Partition::offsets)
                .sum();
        return new TopicViews.Stats(
                topic.topicId(),
                offsets,
                holdings.partitions().stream()
                        .mapToLong(TopicHoldings.Partition::bytes)
                        .sum(),
                // A record of a dead letter topic is an error by itself.
                topic.deadLetters() ? Optional.of(offsets) : Optional.empty(),
                lag(holdings, topic.topicId()),
                holdings.earliest(),
                holdings.newest(),
                holdings.partitions().stream()
                        .map(partition -> new TopicViews.Held(
                                partition.partition(), partition.earliest(), partition.latest(), partition.bytes()))
                        .toList());
    }

    /** Returns by how much the last of those who read the topic is behind; nothing when nobody reads it. */
    private Optional<Long> lag(TopicHoldings holdings, String topic) {
        Set<String> groups = kafka.groups().ids();
        Map<PartitionId, OffsetSpan> spans = holdings.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new PartitionId(topic, partition.partition()),
                        partition -> new OffsetSpan(partition.earliest(), partition.latest())));
        return kafka.groups().committed(groups).values().stream()
                .filter(offsets -> spans.keySet().stream().anyMatch(offsets::containsKey))
                .map(offsets -> spans.entrySet().stream()
                        .filter(span -> offsets.containsKey(span.getKey()))
                        .mapToLong(span -> span.getValue().behind(offsets.get(span.getKey())))
                        .sum())
                .max(Long::compare);
    }
}
