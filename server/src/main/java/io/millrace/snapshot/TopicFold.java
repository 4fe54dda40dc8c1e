package io.millrace.snapshot;

import io.millrace.database.TableView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Goes through the committed records of a topic and marks, of the keys that a view of its table has, those that the topic
 * holds as of that view: changes that came after it take nothing away. Not thread-safe.
 */
final class TopicFold implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordForm form;
    private final List<TopicPartition> partitions;
    private final long deadline = System.nanoTime() + LONGEST.toNanos();
    private final boolean cut;
    private boolean sawLater;

    /**
     * Makes one that stands before the first record of a time.
     *
     * @param consumer of committed records; closed with this
     * @param compacted whether Kafka takes records out of the topic that later ones of their key replace
     */
    TopicFold(Consumer<byte[], byte[]> consumer, String topic, boolean compacted, Instant since, RecordForm form) {
        this.consumer = consumer;
        this.form = form;
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean missesSome = compacted;
        for (TopicPartition partition : partitions) {
            long begin = begins.get(partition);
            long start = Optional.ofNullable(starts.get(partition))
                    .map(OffsetAndTimestamp::offset)
                    .orElse(ends.get(partition));
            missesSome |= begin > 0 && start <= begin;
            consumer.seek(partition, start);
        }
        cut = missesSome;
    }

    /** Returns whether records of the time may be gone already, so that what is missing here may be there. */
    boolean isCut() {
        return cut;
    }

    /**
     * Returns whether a record was seen whose transaction began after the view, behind everything that the view holds:
     * the records of one partition are in the order of the log.
     */
    boolean hasPassedTheView() {
        return sawLater && partitions.size() == 1;
    }

    /** Goes on to what is the end of the topic now. */
    void further(TableView view, KeySet keys) throws CannotTellException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (System.nanoTime() > deadline) {
                throw new CannotTellException("The topic is too long to be read in " + LONGEST.toMinutes() + " min");
            }
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                take(entry, view, keys);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> entry, TableView view, KeySet keys) throws CannotTellException {
        if (entry.value() == null) {
            if (entry.key() != null) {
                keys.tombstone(form.key(entry.key(), view.key()));
            }
            return;
        }
        RowChange change = form.change(entry.value());
        boolean later = isLater(change.transaction(), view);
        switch (change.kind()) {
            case DELIVERED -> keys.delivered(key(entry, view));
            case DELETED -> {
                if (later) {
                    keys.deletedLater(key(entry, view));
                } else {
                    keys.deleted(key(entry, view));
                }
            }
            case TRUNCATED -> truncated(later, keys);
            case OTHER -> {}
        }
    }

    private boolean isLater(OptionalLong transaction, TableView view) {
        if (transaction.isEmpty()) {
            return false;
        }
        sawLater |= view.transactions().isBefore(transaction.getAsLong());
        return !view.transactions().holds(transaction.getAsLong());
    }

    private void truncated(boolean later, KeySet keys) throws CannotTellException {
        if (!later && partitions.size() > 1) {
            throw new CannotTellException("The table was truncated, and its topic has several partitions");
        }
        if (!later) {
            keys.truncated();
        }
    }

    private List<String> key(ConsumerRecord<byte[], byte[]> entry, TableView view) throws CannotTellException {
        if (entry.key() == null) {
            throw new CannotTellException("The topic's records have no key");
        }
        return form.key(entry.key(), view.key());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
