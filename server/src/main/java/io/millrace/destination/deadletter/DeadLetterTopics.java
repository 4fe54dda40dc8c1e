package io.millrace.destination.deadletter;

import io.millrace.connector.ConnectorId;
import io.millrace.destination.SinkFrame;
import io.millrace.destination.SinkGroup;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Dead letters in Kafka: read, told from those that were superseded, and written again. */
final class DeadLetterTopics {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final String CONNECT = "__connect.errors.";

    private final KafkaCluster kafka;

    DeadLetterTopics(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    /** Where a dead letter was before it was refused. */
    private record Origin(TopicPartition partition, long offset) {}

    /** A stretch of offsets: the first, and the one behind the last. */
    record Offsets(long from, long to) {}

    private record Key(TopicPartition partition, ByteBuffer bytes) {}

    /** What a dead letter is to a replay. */
    private enum Fate {
        REPLAYED,
        SUPERSEDED,
        LEFT_OUT
    }

    /** What was written, and the offset behind the last of it. */
    record Written(Replay.Counts counts, long end) {}

    /** Returns which offsets the dead letter topic of a destination has; none where it has no such topic yet. */
    Offsets letters(ConnectorId destination) {
        TopicPartition letters = new TopicPartition(SinkFrame.deadLetters(destination), 0);
        if (kafka.describe(letters.topic()).isEmpty()) {
            return new Offsets(0, 0);
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return new Offsets(
                    consumer.beginningOffsets(List.of(letters)).get(letters),
                    consumer.endOffsets(List.of(letters)).get(letters));
        }
    }

    /** Returns whether a destination has taken the topic of its replayed records up to an offset. */
    boolean isTaken(ConnectorId destination, long end) {
        OffsetAndMetadata taken =
                new SinkGroup(kafka, destination).taken().get(new TopicPartition(SinkFrame.replayed(destination), 0));
        return end == 0 || (taken != null && taken.offset() >= end);
    }

    /**
     * Writes the dead letters of a scope into the topic of replayed records, in their order.
     *
     * @param flowing topics that the destination takes
     */
    Written write(ConnectorId destination, Replay.Scope scope, Collection<String> flowing) {
        kafka.createTopic(new TopicSpec(SinkFrame.replayed(destination), 1, SinkFrame.DEAD_LETTER_SETTINGS));
        Set<String> topics = new HashSet<>(flowing);
        topics.removeIf(topic -> !scope.covers(topic));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            Map<Key, Long> newest = scope.includeSuperseded() ? Map.of() : newest(consumer, destination, scope, topics);
            Map<Fate, Long> fates = new EnumMap<>(Fate.class);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            read(consumer, destination, scope, letter -> {
                Optional<Origin> origin = origin(letter)
                        .filter(from -> topics.contains(from.partition().topic()));
                boolean superseded = origin.filter(from -> newest.getOrDefault(key(from, letter), -1L) > from.offset())
                        .isPresent();
                if (origin.isPresent() && !superseded) {
                    sent.add(producer.send(again(destination, origin.get(), letter)));
                }
                fates.merge(
                        origin.isEmpty() ? Fate.LEFT_OUT : superseded ? Fate.SUPERSEDED : Fate.REPLAYED, 1L, Long::sum);
            });
            producer.flush();
            long end = 0;
            for (Future<RecordMetadata> record : sent) {
                end = Math.max(end, got(record).offset() + 1);
            }
            return new Written(
                    new Replay.Counts(
                            fates.getOrDefault(Fate.REPLAYED, 0L),
                            fates.getOrDefault(Fate.SUPERSEDED, 0L),
                            fates.getOrDefault(Fate.LEFT_OUT, 0L)),
                    end);
        }
    }

    /** Returns the offsets of the newest record with a value of each key of a dead letter, of those that the destination has been given. */
    private Map<Key, Long> newest(
            KafkaConsumer<byte[], byte[]> consumer, ConnectorId destination, Replay.Scope scope, Set<String> topics) {
        Map<Key, Long> keys = new HashMap<>();
        Map<TopicPartition, Long> first = new HashMap<>();
        read(consumer, destination, scope, letter -> origin(letter)
                .filter(from ->
                        letter.key() != null && topics.contains(from.partition().topic()))
                .ifPresent(from -> {
                    keys.put(key(from, letter), -1L);
                    first.merge(from.partition(), from.offset() + 1, Math::min);
                }));
        Map<TopicPartition, OffsetAndMetadata> taken = new SinkGroup(kafka, destination).taken();
        first.forEach((partition, from) -> {
            OffsetAndMetadata to = taken.get(partition);
            if (to != null) {
                // A tombstone only ends its key in the topic; the delete before it is what was asked for.
                read(consumer, partition, from, to.offset(), record -> {
                    if (record.key() != null && record.value() != null) {
                        keys.computeIfPresent(
                                new Key(partition, ByteBuffer.wrap(record.key())), (key, before) -> record.offset());
                    }
                });
            }
        });
        return keys;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            ConnectorId destination,
            Replay.Scope scope,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(consumer, new TopicPartition(SinkFrame.deadLetters(destination), 0), scope.from(), scope.to(), each);
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long from,
            long to,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(List.of(partition));
        consumer.seek(
                partition,
                Math.max(from, consumer.beginningOffsets(List.of(partition)).get(partition)));
        while (consumer.position(partition) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    each.accept(record);
                }
            }
        }
    }

    /** Reads where a record was at first, also when it was refused again in a replay. */
    private static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> letter) {
        return origin(letter.headers(), SinkFrame.REPLAYED).or(() -> origin(letter.headers(), CONNECT));
    }

    private static Optional<Origin> origin(Headers headers, String prefix) {
        return text(headers, prefix + "topic").flatMap(topic -> text(headers, prefix + "partition")
                .flatMap(partition -> text(headers, prefix + "offset")
                        .map(offset -> new Origin(
                                new TopicPartition(topic, Integer.parseInt(partition)), Long.parseLong(offset)))));
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static Key key(Origin origin, ConsumerRecord<byte[], byte[]> letter) {
        return new Key(origin.partition(), ByteBuffer.wrap(letter.key() == null ? new byte[0] : letter.key()));
    }

    private static ProducerRecord<byte[], byte[]> again(
            ConnectorId destination, Origin origin, ConsumerRecord<byte[], byte[]> letter) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                SinkFrame.replayed(destination), 0, letter.timestamp(), letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(CONNECT) && !header.key().startsWith(SinkFrame.REPLAYED)) {
                record.headers().add(header);
            }
        }
        add(record, "topic", origin.partition().topic());
        add(record, "partition", String.valueOf(origin.partition().partition()));
        add(record, "offset", String.valueOf(origin.offset()));
        return record;
    }

    private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(SinkFrame.REPLAYED + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafka.clientProperties());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(kafka.clientProperties());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static <T> T got(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
