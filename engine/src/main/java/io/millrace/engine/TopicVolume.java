package io.millrace.engine;

import java.util.Map;

/**
 * How much a topic holds.
 *
 * @param begins offset of the first record that is there, by partition
 * @param ends offset behind the last committed record, by partition
 * @param bytes size on the disks of its leaders, compressed
 */
public record TopicVolume(Map<Integer, Long> begins, Map<Integer, Long> ends, long bytes) {
    /** A topic that is not there. */
    public static final TopicVolume NONE = new TopicVolume(Map.of(), Map.of(), 0);

    public TopicVolume {
        begins = Map.copyOf(begins);
        ends = Map.copyOf(ends);
    }

    /** Returns the sum of the offsets; grows with every record that is committed. */
    public long end() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns how many offsets a reader is behind; the ends of transactions have offsets, too.
     *
     * @param committed what the reader has committed, by partition; where it has not, it begins with the first record
     */
    public long behind(Map<Integer, Long> committed) {
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    long first = begins.getOrDefault(end.getKey(), 0L);
                    return Math.max(0, end.getValue() - Math.max(first, committed.getOrDefault(end.getKey(), first)));
                })
                .sum();
    }
}
