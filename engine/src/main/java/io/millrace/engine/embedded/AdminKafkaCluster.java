package io.millrace.engine.embedded;

import static io.millrace.engine.embedded.AdminAnswers.GONE;
import static io.millrace.engine.embedded.AdminAnswers.await;
import static io.millrace.engine.embedded.AdminAnswers.isGone;
import static io.millrace.engine.embedded.AdminAnswers.unless;

import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.EngineException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.PartitionDescription;
import io.millrace.engine.TopicAdmin;
import io.millrace.engine.TopicDescription;
import io.millrace.engine.TopicFigures;
import io.millrace.engine.TopicSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** A Kafka cluster through one admin client. */
final class AdminKafkaCluster implements KafkaCluster {
    private final Admin admin;
    private final String bootstrapServers;
    private final AdminTopics topics;
    private final AdminGroups groups;

    AdminKafkaCluster(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.topics = new AdminTopics(admin);
        this.groups = new AdminGroups(admin);
    }

    @Override
    public TopicAdmin admin() {
        return topics;
    }

    @Override
    public ConsumerGroups groups() {
        return groups;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    @Override
    public void createTopic(TopicSpec topic) {
        NewTopic fresh =
                new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.configs());
        unless(
                Set.of(TopicExistsException.class),
                "topic " + topic.name() + " cannot be created",
                admin.createTopics(List.of(fresh)).all());
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        admin.deleteTopics(names)
                .topicNameValues()
                .forEach((name, deleted) -> unless(GONE, "topic " + name + " cannot be deleted", deleted));
    }

    @Override
    public Collection<String> topics() {
        return await("the topics cannot be listed", admin.listTopics().names()).stream()
                .filter(name -> !WorkerProperties.TOPICS.contains(name))
                .toList();
    }

    @Override
    public TopicFigures figures() {
        return new AdminTopicFigures(admin);
    }

    @Override
    public Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.of(described(topic));
        } catch (EngineException e) {
            // It may be deleted between two of the questions as well as before the first.
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private TopicDescription described(String topic) {
        String what = "topic " + topic + " cannot be described";
        org.apache.kafka.clients.admin.TopicDescription found = await(
                what, admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        KafkaFuture<Config> config =
                admin.describeConfigs(List.of(resource)).values().get(resource);
        Map<Integer, ListOffsetsResultInfo> earliest = offsets(what, found, OffsetSpec.earliest());
        Map<Integer, ListOffsetsResultInfo> latest = offsets(what, found, OffsetSpec.latest());
        List<PartitionDescription> partitions = found.partitions().stream()
                .map(partition -> partition(
                        partition,
                        earliest.get(partition.partition()).offset(),
                        latest.get(partition.partition()).offset()))
                .toList();
        int replicas = found.partitions().get(0).replicas().size();
        return new TopicDescription(topic, replicas, partitions, settings(await(what, config)));
    }

    private Map<Integer, ListOffsetsResultInfo> offsets(
            String what, org.apache.kafka.clients.admin.TopicDescription topic, OffsetSpec spec) {
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

    private static PartitionDescription partition(TopicPartitionInfo partition, long earliest, long latest) {
        return new PartitionDescription(
                partition.partition(),
                Optional.ofNullable(partition.leader()).map(Node::id).orElse(-1),
                partition.replicas().stream().map(Node::id).toList(),
                partition.isr().stream().map(Node::id).toList(),
                earliest,
                latest);
    }

    private static Map<String, String> settings(Config config) {
        return config.entries().stream()
                .filter(entry -> Optional.ofNullable(entry.value()).isPresent())
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
