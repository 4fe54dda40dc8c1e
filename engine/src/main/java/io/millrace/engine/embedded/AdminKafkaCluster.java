package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.PartitionDescription;
import io.millrace.engine.TopicDescription;
import io.millrace.engine.TopicSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka cluster through one admin client. */
final class AdminKafkaCluster implements KafkaCluster {
    private static final long ANSWER_SECONDS = 30;
    private static final Set<Class<? extends ApiException>> GONE =
            Set.of(UnknownTopicOrPartitionException.class, InvalidTopicException.class);

    private final Admin admin;
    private final String bootstrapServers;

    AdminKafkaCluster(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
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
    public Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.of(described(topic));
        } catch (EngineException e) {
            // It may be deleted between two of the questions as well as before the first.
            if (Optional.ofNullable(e.getCause())
                    .map(Object::getClass)
                    .filter(GONE::contains)
                    .isPresent()) {
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

    private static <T> T await(String what, KafkaFuture<T> answer) {
        return unless(Set.of(), what, answer).orElseThrow(() -> new EngineException(what + ": no answer"));
    }

    /** Waits for the answer; one of the given errors means that there is nothing to say or to do. */
    private static <T> Optional<T> unless(
            Set<Class<? extends ApiException>> nothingToDo, String what, KafkaFuture<T> answer) {
        try {
            return Optional.ofNullable(answer.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (nothingToDo.contains(e.getCause().getClass())) {
                return Optional.empty();
            }
            throw new EngineException(what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new EngineException(what + ": the broker did not answer within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(what + ": interrupted", e);
        }
    }
}
