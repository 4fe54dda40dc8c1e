package io.millrace.bench.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the topic of a {@link Pulse} as a consumer of committed records does. */
final class PulseTopic implements Pulse.Reader {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Envelope.Decoder decoder;

    PulseTopic(Map<String, Object> client, String topic, Envelope.Decoder decoder) {
        this.consumer = CommittedTopic.consumer(client, "read_committed");
        this.decoder = decoder;
        consumer.assign(List.of(new TopicPartition(topic, 0)));
    }

    @Override
    public List<Long> read() {
        List<Long> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
            // The table is emptied between measurements: deletes and their tombstones may still come.
            if (message.value() != null) {
                Envelope envelope = decoder.decode(message.value());
                if (envelope.operation().equals("c")) {
                    ids.add(envelope.id());
                }
            }
        }
        return ids;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
