package io.millrace.topic;

import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.engine.EngineException;
import io.millrace.engine.KafkaCluster;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes single records into topics that were made by hand. */
final class MessageWriter {
    private static final int MOST_MILLIS = 10_000;

    private final TopicService topics;
    private final KafkaCluster kafka;
    private final RecordEncoder encoder;

    MessageWriter(TopicService topics, KafkaCluster kafka, RecordEncoder encoder) {
        this.topics = topics;
        this.kafka = kafka;
        this.encoder = encoder;
    }

    TopicViews.Written write(Caller caller, String topicId, TopicRequests.Message message) {
        TopicEntry topic = topics.find(caller, topicId);
        if (!topic.isManual()) {
            throw new ApiProblem.Conflict("Topic '" + topicId + "' is written by "
                    + topic.owner().words() + "; messages can be written to topics that were made by hand");
        }
        int count = kafka.describe(topicId)
                .map(found -> found.partitions().size())
                .orElseThrow(() -> TopicService.notInKafka(topic));
        message.partition().filter(partition -> partition >= count).ifPresent(partition -> {
            throw new ApiProblem.BadRequest("Topic '" + topicId + "' has no partition " + partition
                    + "; its partitions are 0 to " + (count - 1));
        });
        Optional<byte[]> key = encoder.encode(
                caller, topicId + "-key", message.keyFormat(), message.key().orElse(NullNode.getInstance()));
        Optional<byte[]> value = encoder.encode(caller, topicId + "-value", message.valueFormat(), message.value());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topicId, message.partition().orElse(null), key.orElse(null), value.orElse(null));
        message.headers().orElse(Map.of()).forEach((name, text) -> record.headers()
                .add(name, text.getBytes(StandardCharsets.UTF_8)));
        RecordMetadata written = send(record);
        return new TopicViews.Written(
                topicId, written.partition(), written.offset(), Instant.ofEpochMilli(written.timestamp()));
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, MOST_MILLIS);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, MOST_MILLIS);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(record).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException
                    || e.getCause() instanceof InvalidRecordException
                    || e.getCause() instanceof InvalidTimestampException
                    || e.getCause() instanceof InvalidConfigurationException) {
                throw new ApiProblem.BadRequest("Topic '" + record.topic() + "' does not take the message: "
                        + e.getCause().getMessage());
            }
            throw new EngineException(
                    "a message cannot be written to topic " + record.topic() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while a message was written to topic " + record.topic(), e);
        }
    }
}
