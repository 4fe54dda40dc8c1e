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
        Map<String, Object> properties = new HashMap<>(engine.kafka().clientProperties());
        properties.put("isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** The numbers that a {@link CountingConnector} sent. */
    static List<Long> in(Engine engine, String topic) {
        return records(engine, topic).stream()
                .map(record -> Long.parseLong(record.value()))
                .toList();
    }
}
