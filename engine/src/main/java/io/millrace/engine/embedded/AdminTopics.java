package io.millrace.engine.embedded;

import static io.millrace.engine.embedded.AdminAnswers.await;
import static io.millrace.engine.embedded.AdminAnswers.done;
import static io.millrace.engine.embedded.AdminAnswers.isGone;

import io.millrace.engine.EngineException;
import io.millrace.engine.TopicAdmin;
import io.millrace.engine.TopicHoldings;
import io.millrace.engine.TopicSetting;
import io.millrace.engine.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Topics of a cluster through an admin client. */
final class AdminTopics implements TopicAdmin {
    private static final Duration SEEN = Duration.ofSeconds(5);

    private final Admin admin;

    AdminTopics(Admin admin) {
        this.admin = admin;
    }

    @Override
    public boolean create(TopicSpec topic, Optional<Integer> replicationFactor) {
        NewTopic fresh = new NewTopic(topic.name(), Optional.of(topic.partitions()), replicationFactor.map(factor ->
                        (short) Math.min(factor, Short.MAX_VALUE)))
                .configs(topic.configs());
        try {
            done(
                    "topic " + topic.name() + " cannot be created",
                    admin.createTopics(List.of(fresh)).all());
            awaitSeen(() -> partitions(topic.name()) == topic.partitions());
            return true;
        } catch (EngineException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void raisePartitions(String topic, int count) {
        done(
                "topic " + topic + " cannot have " + count + " partitions",
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count)))
                        .all());
        awaitSeen(() -> partitions(topic) == count);
    }

    @Override
    public List<TopicSetting> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = await(
                    "the settings of topic " + topic + " cannot be read",
                    admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().includeSynonyms(true))
                            .values()
                            .get(resource));
            TopicDefaults defaults = new TopicDefaults(admin);
            return config.entries().stream()
                    .map(entry -> setting(entry, defaults))
                    .sorted(Comparator.comparing(TopicSetting::name))
                    .toList();
        } catch (EngineException e) {
            if (isGone(e)) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void changeSettings(String topic, Map<String, Optional<String>> settings) {
        Collection<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue().orElse("")),
                        setting.getValue().isPresent() ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE))
                .toList();
        done(
                "the settings of topic " + topic + " cannot be changed",
                admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                        .all());
        awaitSeen(() -> settings(topic).stream()
                .filter(setting -> settings.containsKey(setting.name()))
                .allMatch(setting -> isSeen(setting, settings.get(setting.name()))));
    }

    @Override
    public Optional<TopicHoldings> holdings(String topic) {
        try {
            return Optional.of(held(topic));
        } catch (EngineException e) {
            // It may be deleted between two of the questions as well as before the first.
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The broker answers from metadata that follow a change by some milliseconds; whoever asks next is to see the change. */
    private static void awaitSeen(BooleanSupplier seen) {
        Waiting.until(SEEN, seen);
    }

    private static boolean isSeen(TopicSetting setting, Optional<String> wanted) {
        return wanted.map(value -> setting.value().equals(Optional.of(value.strip())) && !setting.isDefault())
                .orElse(setting.isDefault());
    }

    private int partitions(String topic) {
        return AdminAnswers.unless(
                        AdminAnswers.GONE,
                        "topic " + topic + " cannot be described",
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .map(found -> found.partitions().size())
                .orElse(0);
    }

    private TopicHoldings held(String topic) {
        String what = "what topic " + topic + " holds cannot be found out";
        TopicDescription found = await(
                what, admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
        Map<Integer, ListOffsetsResultInfo> earliest = offsets(what, found, OffsetSpec.earliest());
        Map<Integer, ListOffsetsResultInfo> latest = offsets(what, found, OffsetSpec.latest());
        // The first record of all is the first one since the epoch.
        Map<Integer, ListOffsetsResultInfo> first = offsets(what, found, OffsetSpec.forTimestamp(0));
        Map<Integer, ListOffsetsResultInfo> newest = offsets(what, found, OffsetSpec.maxTimestamp());
        Map<Integer, Long> bytes = bytes(what, found);
        List<TopicHoldings.Partition> partitions = found.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .map(partition -> new TopicHoldings.Partition(
                        partition,
                        earliest.get(partition).offset(),
                        latest.get(partition).offset(),
                        bytes.getOrDefault(partition, 0L)))
                .toList();
        return new TopicHoldings(partitions, time(first, Math::min), time(newest, Math::max));
    }

    private static Optional<Instant> time(Map<Integer, ListOffsetsResultInfo> offsets, LongBinaryOperator choice) {
        return offsets.values().stream()
                .map(ListOffsetsResultInfo::timestamp)
                .filter(timestamp -> timestamp >= 0)
                .reduce(choice::applyAsLong)
                .map(Instant::ofEpochMilli);
    }

    private Map<Integer, Long> bytes(String what, TopicDescription topic) {
        Map<Integer, Integer> leaders = new HashMap<>();
        topic.partitions().stream()
                .filter(partition -> partition.leader() != null)
                .forEach(partition ->
                        leaders.put(partition.partition(), partition.leader().id()));
        Map<Integer, Map<String, LogDirDescription>> folders = await(
                what,
                admin.describeLogDirs(leaders.values().stream().distinct().toList())
                        .allDescriptions());
        Map<Integer, Long> bytes = new HashMap<>();
        leaders.forEach((partition, leader) -> folders.getOrDefault(leader, Map.of())
                .values()
                .forEach(folder -> Optional.ofNullable(
                                folder.replicaInfos().get(new TopicPartition(topic.name(), partition)))
                        .map(ReplicaInfo::size)
                        .ifPresent(size -> bytes.merge(partition, size, Long::sum))));
        return bytes;
    }

    private Map<Integer, ListOffsetsResultInfo> offsets(String what, TopicDescription topic, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()), partition -> spec));
        return await(
                        what,
                        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(offset -> offset.getKey().partition(), Map.Entry::getValue));
    }

    private static TopicSetting setting(ConfigEntry entry, TopicDefaults defaults) {
        return new TopicSetting(
                entry.name(),
                Optional.ofNullable(entry.value()),
                defaults.of(entry),
                entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG,
                entry.isReadOnly(),
                entry.source().name());
    }
}
