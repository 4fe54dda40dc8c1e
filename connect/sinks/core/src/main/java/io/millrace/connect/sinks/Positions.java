package io.millrace.connect.sinks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition was taken. Records are offered again after a failure, and those that were taken are still held or
 * already stored.
 */
public final class Positions {
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> safe = new HashMap<>();

    /** Returns whether a record was taken before. */
    public boolean isTaken(TopicPartition partition, long offset) {
        return offset < next.getOrDefault(partition, Long.MIN_VALUE) && !isBeforeAll(partition, offset);
    }

    /** Returns whether a record stands before what was safe: nobody reads that again, so its topic was made anew. */
    public boolean isBeforeAll(TopicPartition partition, long offset) {
        return offset < safe.getOrDefault(partition, Long.MIN_VALUE);
    }

    /** Notes that a record was taken. */
    public void took(TopicPartition partition, long offset) {
        next.put(partition, offset + 1);
    }

    /** Notes that everything before an offset is in the store. */
    public void isSafe(TopicPartition partition, long offset) {
        safe.put(partition, offset);
    }

    /** Forgets partitions that another task takes over. */
    public void forget(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
        safe.keySet().removeAll(partitions);
    }
}
