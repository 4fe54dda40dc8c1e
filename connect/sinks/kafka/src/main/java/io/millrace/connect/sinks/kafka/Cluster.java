package io.millrace.connect.sinks.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.errors.ConnectException;

/** The other cluster. Used by one thread. */
final class Cluster implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration DELIVERY = Duration.ofSeconds(20);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** As much as a topic of ours may hold. */
    private static final int LARGEST_RECORD_BYTES = 33_554_432;

    private final String bootstrap;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Set<String> topics = new HashSet<>();

    private Cluster(String bootstrap) {
        this.bootstrap = bootstrap;
        admin = Admin.create(clients());
        producer = new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Connects.
     *
     * @throws ConnectException when the cluster does not answer
     */
    static Cluster open(String bootstrap) {
        Cluster cluster;
        try {
            cluster = new Cluster(bootstrap);
        } catch (RuntimeException e) {
            throw new ConnectException("kafka.sink.bootstrap '" + bootstrap + "' cannot be used: " + reason(e), e);
        }
        try {
            cluster.await(cluster.admin.describeCluster().clusterId());
            return cluster;
        } catch (IOException | ExecutionException e) {
            cluster.close();
            throw new ConnectException(cluster.away(e), e);
        }
    }

    private Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("client.id", "millrace-sink");
        settings.put("request.timeout.ms", (int) ANSWER.toMillis());
        settings.put("default.api.timeout.ms", (int) ANSWER.toMillis());
        settings.put("reconnect.backoff.max.ms", 1_000);
        return settings;
    }

    private Map<String, Object> producing() {
        Map<String, Object> settings = new HashMap<>(clients());
        settings.remove("default.api.timeout.ms");
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 5);
        settings.put("max.block.ms", ANSWER.toMillis());
        settings.put("delivery.timeout.ms", (int) DELIVERY.toMillis());
        settings.put("max.request.size", LARGEST_RECORD_BYTES);
        return settings;
    }

    /**
     * Makes a topic unless it is there, with the defaults of the cluster.
     *
     * @throws IOException for trouble that may pass
     * @throws ExecutionException when the cluster refuses the topic
     */
    void need(String topic) throws IOException, ExecutionException {
        if (topics.contains(topic)) {
            return;
        }
        try {
            await(admin.describeTopics(List.of(topic)).allTopicNames());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            create(topic);
        }
        topics.add(topic);
    }

    private void create(String topic) throws IOException, ExecutionException {
        try {
            await(admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
                    .all());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new ConnectException(
                        "The topic " + topic + " is missing at " + bootstrap + " and may not be made there; make it",
                        e);
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            // somebody else was faster
        }
    }

    /** Forgets which topics are there, after one of them may have gone. */
    void lookAgain() {
        topics.clear();
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    void flush() {
        producer.flush();
    }

    /**
     * Waits for an answer.
     *
     * @throws IOException when there is none in time
     */
    <T> T await(Future<T> answer) throws IOException, ExecutionException {
        try {
            return answer.get(DELIVERY.plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(away(e), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new IOException(away(e.getCause()), e);
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Kafka at " + bootstrap + " was to answer", e);
        }
    }

    /** Returns what to say when there was no answer. */
    String away(Throwable trouble) {
        return "Kafka at " + bootstrap + " does not answer: " + reason(trouble);
    }

    private static String reason(Throwable trouble) {
        Throwable cause = trouble;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() {
        producer.close(CLOSE);
        admin.close(CLOSE);
    }
}
