package io.millrace.bench.snapshot;

import io.millrace.demo.DemoFailure;
import io.millrace.engine.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the broker takes from a producer that has nothing else to do: the bound for everything else. */
record PlainProducer(Worker worker, List<ConsumerRecord<byte[], byte[]>> sample) {
    /** Each is tried and the fastest counts: what is best depends on the records and on the machine. */
    static final List<Map<String, Object>> SETTINGS = List.of(
            Map.of("batch.size", 262_144, "linger.ms", 5, "compression.type", "lz4"),
            Map.of("batch.size", 1_048_576, "linger.ms", 5, "compression.type", "lz4"),
            Map.of("batch.size", 1_048_576, "linger.ms", 5, "compression.type", "none"));

    PlainProducer {
        if (sample.isEmpty()) {
            throw new DemoFailure("the plain producer writes the records of our own JSON run; choose json as well");
        }
    }

    /** Makes a topic. */
    String newTopic() {
        String topic = "bench.producer." + UUID.randomUUID();
        worker.engine().kafka().createTopic(new TopicSpec(topic, 1, Map.of()));
        return topic;
    }

    /** Writes records of the sample, over and over, and returns when the broker has acknowledged them all. */
    void send(String topic, int records, Map<String, Object> tuning) {
        Map<String, Object> settings = new HashMap<>(worker.client());
        settings.putAll(tuning);
        settings.put("buffer.memory", 67_108_864L);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Optional<Future<RecordMetadata>> last = Optional.empty();
            for (int i = 0; i < records; i++) {
                ConsumerRecord<byte[], byte[]> again = sample.get(i % sample.size());
                last = Optional.of(producer.send(new ProducerRecord<>(topic, 0, again.key(), again.value())));
            }
            producer.flush();
            last.orElseThrow().get();
        } catch (ExecutionException e) {
            throw new DemoFailure("the plain producer failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    double bytesPerRecord() {
        return sample.stream()
                .mapToInt(message -> message.key().length + message.value().length)
                .average()
                .orElseThrow();
    }
}
