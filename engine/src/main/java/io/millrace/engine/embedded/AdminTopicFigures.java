package io.millrace.engine.embedded;

import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicFigures;
import io.millrace.engine.TopicVolume;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Figures of a Kafka cluster through one admin client. */
final class AdminTopicFigures implements TopicFigures {
    private final Admin admin;

    AdminTopicFigures(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, TopicVolume> volumes() {
        Map<TopicPartition, Long> bytes = bytes();
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(bytes.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(bytes.keySet(), OffsetSpec.latest());
        Map<String, Map<PartitionId, OffsetSpan>> spans = new HashMap<>();
        Map<String, Long> sizes = new HashMap<>();
        ends.keySet().stream().filter(begins::containsKey).forEach(partition -> {
            spans.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                    .put(
                            new PartitionId(partition.topic(), partition.partition()),
                            new OffsetSpan(
                                    begins.get(partition).offset(),
                                    ends.get(partition).offset()));
            sizes.merge(partition.topic(), bytes.get(partition), Long::sum);
        });
        Map<String, TopicVolume> volumes = new HashMap<>();
        spans.forEach((topic, found) -> volumes.put(topic, new TopicVolume(found, sizes.get(topic))));
        return volumes;
    }

    /** Returns the sizes of all partitions that are of interest to clients. */
    private Map<TopicPartition, Long> bytes() {
        String what = "how much topics hold cannot be found out";
        Set<String> topics =
                new HashSet<>(AdminAnswers.await(what, admin.listTopics().names()));
        topics.removeAll(WorkerProperties.TOPICS);
        List<Integer> brokers = AdminAnswers.await(what, admin.describeCluster().nodes()).stream()
                .map(Node::id)
                .toList();
        Map<TopicPartition, Long> bytes = new HashMap<>();
        AdminAnswers.await(what, admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .map(LogDirDescription::replicaInfos)
                .flatMap(replicas -> replicas.entrySet().stream())
                .filter(replica -> topics.contains(replica.getKey().topic()))
                // Of replicas of the same records the largest counts.
                .forEach(replica -> bytes.merge(replica.getKey(), size(replica.getValue()), Long::max));
        return bytes;
    }

    private static long size(ReplicaInfo replica) {
        return replica.isFuture() ? 0 : replica.size();
    }

    @Override
    public Map<String, Instant> newest(Collection<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, answer) -> AdminAnswers.unless(
                        AdminAnswers.GONE, "topic " + topic + " cannot be described", answer)
                .ifPresent(found -> found.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())))));
        Map<String, Instant> newest = new HashMap<>();
        offsets(partitions, OffsetSpec.maxTimestamp()).forEach((partition, found) -> {
            if (found.timestamp() >= 0) {
                newest.merge(
                        partition.topic(),
                        Instant.ofEpochMilli(found.timestamp()),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        return newest;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Set<TopicPartition> partitions, OffsetSpec spec) {
        ListOffsetsResult answers = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        Map<TopicPartition, ListOffsetsResultInfo> offsets = new HashMap<>();
        partitions.forEach(partition -> AdminAnswers.unless(
                        AdminAnswers.GONE,
                        "the offsets of " + partition + " cannot be read",
                        answers.partitionResult(partition))
                .ifPresent(found -> offsets.put(partition, found)));
        return offsets;
    }
}
