package io.millrace.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /**
     * What was read of a partition.
     *
     * @param messages in the order of reading
     * @param seen what reading on begins behind, once all these are shown; nothing when nothing was looked at
     * @param more when the range has more that was not looked at
     */
    record Read(List<MessageService.Message> messages, Optional<Long> seen, boolean more) {}

    /** How much is read at most; one record is, however long. */
    record Most(int records, long bytes) {}

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

    /** Reads what the form accepts from one end of the range. */
    Read read(
            TopicPartition partition,
            OffsetRange range,
            boolean backward,
            Most most,
            Function<ConsumerRecord<byte[], byte[]>, Optional<MessageService.Message>> form) {
        if (range.isEmpty()) {
            return new Read(List.of(), Optional.empty(), false);
        }
        consumer.assign(List.of(partition));
        return backward ? backward(partition, range, most, form) : forward(partition, range, most, form);
    }

    private Read forward(
            TopicPartition partition,
            OffsetRange range,
            Most most,
            Function<ConsumerRecord<byte[], byte[]>, Optional<MessageService.Message>> form) {
        List<MessageService.Message> found = new ArrayList<>();
        long[] left = {most.bytes()};
        long end = scan(partition, range, record -> {
            form.apply(record).ifPresent(message -> {
                found.add(message);
                left[0] -= message.sizeBytes();
            });
            return found.size() < most.records() && left[0] > 0;
        });
        return new Read(found, end > range.from() ? Optional.of(end - 1) : Optional.empty(), end < range.to());
    }

    /** Looks at pieces of the range, the last one first. A piece that there is no time for is as if it had not been begun. */
    private Read backward(
            TopicPartition partition,
            OffsetRange range,
            Most most,
            Function<ConsumerRecord<byte[], byte[]>, Optional<MessageService.Message>> form) {
        List<MessageService.Message> found = new ArrayList<>();
        long left = most.bytes();
        long end = range.to();
        long step = most.records();
        while (end > range.from() && found.size() < most.records() && left > 0) {
            OffsetRange piece = new OffsetRange(Math.max(range.from(), end - step), end);
            Newest newest = new Newest(most.records() - found.size(), left);
            long reached = scan(partition, piece, record -> {
                form.apply(record).ifPresent(newest::add);
                return true;
            });
            if (reached < piece.to()) {
                break;
            }
            found.addAll(newest.backward());
            left -= newest.bytes();
            if (newest.isCut()) {
                return new Read(found, Optional.of(found.get(found.size() - 1).offset()), true);
            }
            end = piece.from();
            // Ends of transactions and what filters leave out take offsets too.
            step = Math.min(step * 2, 10_000);
        }
        return new Read(found, end < range.to() ? Optional.of(end) : Optional.empty(), end > range.from());
    }

    /** The last messages that there is room for, of those that come. */
    private static final class Newest {
        private final Deque<MessageService.Message> kept = new ArrayDeque<>();
        private final int most;
        private final long mostBytes;
        private long bytes;
        private boolean cut;

        Newest(int most, long mostBytes) {
            this.most = most;
            this.mostBytes = mostBytes;
        }

        void add(MessageService.Message message) {
            kept.addLast(message);
            bytes += message.sizeBytes();
            while (kept.size() > 1 && (kept.size() > most || bytes > mostBytes)) {
                bytes -= kept.removeFirst().sizeBytes();
                cut = true;
            }
        }

        List<MessageService.Message> backward() {
            List<MessageService.Message> messages = new ArrayList<>();
            kept.descendingIterator().forEachRemaining(messages::add);
            return messages;
        }

        long bytes() {
            return bytes;
        }

        boolean isCut() {
            return cut;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Goes through a range until the step has enough or time is up; returns the offset up to which it came. */
    private long scan(TopicPartition partition, OffsetRange range, Predicate<ConsumerRecord<byte[], byte[]>> step) {
        consumer.seek(partition, range.from());
        while (consumer.position(partition) < range.to()) {
            if (isLate()) {
                return consumer.position(partition);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() >= range.to()) {
                    return range.to();
                }
                if (!step.test(record)) {
                    return record.offset() + 1;
                }
            }
        }
        return range.to();
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
