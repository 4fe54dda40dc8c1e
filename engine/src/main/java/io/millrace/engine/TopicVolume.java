package io.millrace.engine;

import io.millrace.engine.ConsumerGroups.OffsetSpan;
import java.util.Map;

/**
 * How much a topic holds.
 *
 * @param spans where its partitions begin and end for a read-committed reader
 * @param bytes size on the disks of its leaders, compressed
 */
public record TopicVolume(Map<PartitionId, OffsetSpan> spans, long bytes) {
    /** A topic that is not there. */
    public static final TopicVolume NONE = new TopicVolume(Map.of(), 0);

    public TopicVolume {
        spans = Map.copyOf(spans);
    }

    /** Returns the sum of the offsets behind the last records; grows with every record that is committed. */
    public long end() {
        return spans.values().stream().mapToLong(OffsetSpan::latest).sum();
    }

    /**
     * Returns how many offsets a reader is behind; the ends of transactions have offsets, too.
     *
     * @param committed what the reader has committed; where it has not, it begins with the first record
     */
    public long behind(Map<PartitionId, Long> committed) {
        return spans.entrySet().stream()
                .mapToLong(span -> span.getValue()
                        .behind(committed.getOrDefault(
                                span.getKey(), span.getValue().earliest())))
                .sum();
    }
}
