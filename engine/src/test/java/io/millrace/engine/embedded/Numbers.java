package io.millrace.engine.embedded;

import io.millrace.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic with one partition from its begin to its present end, committed records only. */
final class Numbers {
    private Numbers() {}

    static List<ConsumerRecord<String, String>> records(Engine engine, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(engine, "read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** The offset that a reader of committed records gets to; 0 for a topic that is not there. */
    static long committedEnd(Engine engine, String topic) {
        return end(engine, topic, "read_committed");
    }

    /** The offset after the last record, committed or not; 0 for a topic that is not there. */
    static long end(Engine engine, String topic) {
        return end(engine, topic, "read_uncommitted");
    }

    private static long end(Engine engine, String topic, String isolation) {
        if (engine.kafka().describe(topic).isEmpty()) {
            return 0;
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = consumer(engine, isolation)) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private static KafkaConsumer<String, String> consumer(Engine engine, String isolation) {
        Map<String, Object> properties = new HashMap<>(engine.kafka().clientProperties());
        properties.put("isolation.level", isolation);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    /** The numbers that a {@link CountingConnector} sent. */
    static List<Long> in(Engine engine, String topic) {
        return records(engine, topic).stream()
                .map(record -> Long.parseLong(record.value()))
                .toList();
    }
}
