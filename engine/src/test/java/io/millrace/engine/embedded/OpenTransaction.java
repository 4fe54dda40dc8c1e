package io.millrace.engine.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.coordinator.transaction.TransactionLog;

/** Leaves transactions behind, the way a process does that is killed. */
final class OpenTransaction {
    private OpenTransaction() {}

    /** Writes one record into each topic and never ends the transaction. */
    static void in(String bootstrapServers, String transactionalId, List<String> topics)
            throws ExecutionException, InterruptedException {
        KafkaProducer<byte[], byte[]> producer = producer(Map.of(
                "bootstrap.servers", bootstrapServers,
                "transactional.id", transactionalId));
        producer.initTransactions();
        producer.beginTransaction();
        for (String topic : topics) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1}))
                    .get();
        }
        // Without time to do so, closing does not abort.
        producer.close(Duration.ZERO);
    }

    /** Makes the coordinator forget the transaction, once it reads its log again; the partitions do not forget. */
    static void forget(String bootstrapServers, String transactionalId)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                // The broker lets this client alone write into its own topics.
                "client.id",
                "__admin_client"))) {
            producer.send(new ProducerRecord<>(
                            "__transaction_state", 0, TransactionLog.keyToBytes(transactionalId), null))
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
