package io.millrace.connect.sinks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to where changes were taken, so that what is offered again after trouble is not written twice: for destinations that
 * know no keys. Not thread-safe.
 */
public final class Taken {
    private final Map<TopicPartition, Long> last = new HashMap<>();

    /** Returns whether a change, or a later one of its partition, was added. */
    public boolean contains(Change change) {
        Long offset = last.get(change.partition());
        return offset != null && change.offset() <= offset;
    }

    /** Notes that a change was taken. */
    public void add(Change change) {
        last.merge(change.partition(), change.offset(), Math::max);
    }

    /** Forgets partitions that are read again from the last commit. */
    public void release(Collection<TopicPartition> partitions) {
        last.keySet().removeAll(partitions);
    }
}
