package io.millrace.snapshot;

import io.millrace.control.ControlTopics;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients for the control topics, and for topics that are held against their tables. */
final class ControlClients {
    private final KafkaCluster kafka;

    ControlClients(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    /** Makes the control topics if they are not there. */
    void createTopics() {
        for (String topic : List.of(ControlTopics.DESIRED, ControlTopics.PROGRESS)) {
            kafka.createTopic(new TopicSpec(topic, 1, Map.of("cleanup.policy", "compact")));
        }
    }

    /** Returns a producer whose records are kept once they are acknowledged. */
    Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(kafka.clientProperties());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-snapshots-desired");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns whether Kafka takes records out of a topic that later ones of their key replace. */
    boolean isCompacted(String topic) {
        return kafka.describe(topic)
                .map(found -> found.configs().getOrDefault("cleanup.policy", ""))
                .filter(policy -> policy.contains("compact"))
                .isPresent();
    }

    /** Returns a consumer that sees committed records only. */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafka.clientProperties());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-snapshots-progress");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // A record is answered at once; without one nobody needs to ask twice a second.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
