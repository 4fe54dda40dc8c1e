package io.millrace.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer without a group for one look at one topic. Not thread-safe. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final long begun = System.nanoTime();

    /** What was read of a partition; {@code more} when the range has more that was not looked at. */
    record Read(List<MessageService.Message> messages, boolean more) {}

    TopicReader(Map<String, Object> clientProperties, String topic) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
    }

    /**
     * Returns the offsets to look at by partition.
     *
     * @param fresh whether this is the first page, which goes back a day when nothing else is said
     */
    Map<TopicPartition, OffsetRange> ranges(TopicRequests.Messages wanted, boolean fresh, Instant now) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(partition -> wanted.partition()
                        .map(only -> only == partition.partition())
                        .orElse(true))
                .toList();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        boolean aDay = fresh && wanted.offset().isEmpty();
        Optional<Instant> from = wanted.timestampFrom()
                .or(() -> aDay ? Optional.of(wanted.timestampTo().orElse(now).minus(A_DAY)) : Optional.empty());
        Map<TopicPartition, Long> after = since(partitions, from, last);
        Map<TopicPartition, Long> before = since(partitions, wanted.timestampTo(), last);
        Map<TopicPartition, OffsetRange> ranges = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long start = Math.max(first.get(partition), after.getOrDefault(partition, 0L));
            ranges.put(
                    partition,
                    new OffsetRange(
                            Math.max(start, wanted.offset().orElse(0L)),
                            before.getOrDefault(partition, last.get(partition))));
        }
        return ranges;
    }

    /** Reads at most {@code most} records that the form accepts, from one end of the range. */
    Read read(
            TopicPartition partition,
            OffsetRange range,
            boolean backward,
            int most,
            Function<ConsumerRecord<byte[], byte[]>, Optional<MessageService.Message>> form) {
        if (range.isEmpty()) {
            return new Read(List.of(), false);
        }
        consumer.assign(List.of(partition));
        List<MessageService.Message> found = new ArrayList<>();
        if (!backward) {
            long end = scan(partition, range, most, form, found);
            return new Read(found, end < range.to());
        }
        long end = range.to();
        long step = most;
        while (end > range.from() && found.size() < most && !isLate()) {
            OffsetRange piece = new OffsetRange(Math.max(range.from(), end - step), end);
            List<MessageService.Message> before = new ArrayList<>();
            scan(partition, piece, Integer.MAX_VALUE, form, before);
            found.addAll(0, before);
            end = piece.from();
            // Ends of transactions and what filters leave out take offsets too.
            step = Math.min(step * 2, 10_000);
        }
        boolean cut = found.size() > most;
        return new Read(
                cut ? List.copyOf(found.subList(found.size() - most, found.size())) : found, cut || end > range.from());
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Adds what the form accepts to {@code found}; returns the offset up to which was looked. */
    private long scan(
            TopicPartition partition,
            OffsetRange range,
            int most,
            Function<ConsumerRecord<byte[], byte[]>, Optional<MessageService.Message>> form,
            List<MessageService.Message> found) {
        consumer.seek(partition, range.from());
        while (consumer.position(partition) < range.to() && !isLate()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() >= range.to()) {
                    return range.to();
                }
                form.apply(record).ifPresent(found::add);
                if (found.size() >= most) {
                    return record.offset() + 1;
                }
            }
        }
        return consumer.position(partition);
    }

    private boolean isLate() {
        return System.nanoTime() - begun > LONGEST_NANOS;
    }

    private Map<TopicPartition, Long> since(
            Collection<TopicPartition> partitions, Optional<Instant> time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        time.ifPresent(start -> {
            Map<TopicPartition, Long> asked = new HashMap<>();
            partitions.forEach(partition -> asked.put(partition, Math.max(0, start.toEpochMilli())));
            Map<TopicPartition, OffsetAndTimestamp> answers = consumer.offsetsForTimes(asked);
            partitions.forEach(partition -> offsets.put(
                    partition,
                    Optional.ofNullable(answers.get(partition))
                            .map(OffsetAndTimestamp::offset)
                            .orElse(ends.getOrDefault(partition, 0L))));
        });
        return offsets;
    }
}
