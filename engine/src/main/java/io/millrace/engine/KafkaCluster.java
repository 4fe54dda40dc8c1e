package io.millrace.engine;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A Kafka cluster: its topics, and what a client needs to reach it. Thread-safe. */
public interface KafkaCluster {
    /** Returns the address for clients outside this process, {@code host:port[,host:port]}. */
    String bootstrapServers();

    /**
     * Returns the properties with which the platform's own clients connect (bootstrap servers, security). Readers of
     * the platform add {@code isolation.level=read_committed}.
     */
    Map<String, Object> clientProperties();

    /** Creates the topic unless it is there; one that is there stays as it is. */
    void createTopic(TopicSpec topic);

    /** Deletes the topics; those that are not there are fine. */
    void deleteTopics(Collection<String> names);

    /** Returns what is known of one topic, with offsets as a read-committed reader sees them. */
    Optional<TopicDescription> describe(String topic);

    /** Returns the names of all topics, internal ones of Kafka excluded. */
    Collection<String> topics();

    /** Returns what changes single topics and says what they hold. */
    TopicAdmin admin();

    /** Returns the groups of consumers. */
    ConsumerGroups groups();

    /** Returns what the brokers know of all topics at once. */
    TopicFigures figures();
}
