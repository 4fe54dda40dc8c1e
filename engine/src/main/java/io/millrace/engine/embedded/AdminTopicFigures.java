package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import io.millrace.engine.TopicFigures;
import io.millrace.engine.TopicVolume;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures of a Kafka cluster through one admin client. What goes while it is asked for is left out. */
final class AdminTopicFigures implements TopicFigures {
    private static final Logger LOG = LoggerFactory.getLogger(AdminTopicFigures.class);
    private static final long ANSWER_SECONDS = 30;

    private final Admin admin;

    AdminTopicFigures(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, TopicVolume> volumes() {
        Set<String> topics = new HashSet<>(await(admin.listTopics().names()));
        topics.removeAll(WorkerProperties.TOPICS);
        Map<TopicPartition, Long> bytes = new HashMap<>();
        List<Integer> brokers =
                await(admin.describeCluster().nodes()).stream().map(Node::id).toList();
        await(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .map(LogDirDescription::replicaInfos)
                .flatMap(replicas -> replicas.entrySet().stream())
                .filter(replica -> topics.contains(replica.getKey().topic()))
                // Of replicas of the same records the largest counts.
                .forEach(replica -> bytes.merge(replica.getKey(), size(replica.getValue()), Long::max));
        Map<String, Map<Integer, Long>> begins = byTopic(offsets(bytes.keySet(), OffsetSpec.earliest()));
        Map<String, Map<Integer, Long>> ends = byTopic(offsets(bytes.keySet(), OffsetSpec.latest()));
        Map<String, Long> bytesByTopic = bytes.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().topic(), Collectors.summingLong(Map.Entry::getValue)));
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new TopicVolume(
                                begins.getOrDefault(entry.getKey(), Map.of()),
                                entry.getValue(),
                                bytesByTopic.getOrDefault(entry.getKey(), 0L))));
    }

    private static Map<String, Map<Integer, Long>> byTopic(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
        Map<String, Map<Integer, Long>> topics = new HashMap<>();
        offsets.forEach((partition, found) -> topics.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                .put(partition.partition(), found.offset()));
        return topics;
    }

    private static long size(ReplicaInfo replica) {
        return replica.isFuture() ? 0 : replica.size();
    }

    @Override
    public Map<String, Instant> newest(Collection<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
            try {
                await(answer)
                        .partitions()
                        .forEach(known -> partitions.add(new TopicPartition(topic, known.partition())));
            } catch (EngineException e) {
                LOG.debug("{} is not described", topic, e);
            }
        });
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
        ListOffsetsResult asked = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        Map<TopicPartition, ListOffsetsResultInfo> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                offsets.put(partition, await(asked.partitionResult(partition)));
            } catch (EngineException e) {
                LOG.debug("{} does not tell its offsets", partition, e);
            }
        }
        return offsets;
    }

    @Override
    public Map<String, Map<String, Map<Integer, Long>>> committed(Collection<String> groups) {
        Map<String, Map<String, Map<Integer, Long>>> committed = new HashMap<>();
        if (groups.isEmpty()) {
            return committed;
        }
        var asked = admin.listConsumerGroupOffsets(groups.stream()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec())));
        for (String group : groups) {
            Map<String, Map<Integer, Long>> topics = new HashMap<>();
            try {
                await(asked.partitionsToOffsetAndMetadata(group)).forEach((partition, offset) -> {
                    if (offset != null) {
                        topics.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                                .put(partition.partition(), offset.offset());
                    }
                });
            } catch (EngineException e) {
                LOG.debug("group {} does not tell its offsets", group, e);
            }
            committed.put(group, topics);
        }
        return committed;
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new EngineException(
                    "the broker refuses to tell figures: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new EngineException("the broker tells no figures within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while the broker was asked for figures", e);
        }
    }
}
