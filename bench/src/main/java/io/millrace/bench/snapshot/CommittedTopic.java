package io.millrace.bench.snapshot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one partition, read batch by batch from an offset to the end that it has at that moment. */
final class CommittedTopic implements Iterable<List<ConsumerRecord<byte[], byte[]>>>, AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long from;

    private CommittedTopic(KafkaConsumer<byte[], byte[]> consumer, String topic, long from) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        this.from = from;
        consumer.assign(List.of(partition));
    }

    /** Returns the records that a reader of committed records sees. */
    static CommittedTopic of(Map<String, Object> client, String topic, long from) {
        return new CommittedTopic(consumer(client, "read_committed"), topic, from);
    }

    /** Returns all records, also those of transactions that were aborted. */
    static CommittedTopic withAborted(Map<String, Object> client, String topic) {
        return new CommittedTopic(consumer(client, "read_uncommitted"), topic, 0);
    }

    /** Returns a consumer of records as bytes. */
    static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client, String isolation) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", isolation);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("max.poll.records", 5_000);
        settings.put("max.partition.fetch.bytes", 4_194_304);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Iterator<List<ConsumerRecord<byte[], byte[]>>> iterator() {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, from);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return consumer.position(partition) < end;
            }

            @Override
            public List<ConsumerRecord<byte[], byte[]>> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return consumer.poll(Duration.ofMillis(200)).records(partition);
            }
        };
    }

    @Override
    public void close() {
        consumer.close();
    }
}
