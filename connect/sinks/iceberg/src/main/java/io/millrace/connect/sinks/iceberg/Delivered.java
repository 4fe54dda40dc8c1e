package io.millrace.connect.sinks.iceberg;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records a table has, as its snapshots say: for each partition of a topic, where the last commit began and ended. A
 * snapshot and what it says are there together or not at all, so what is offered again after a kill is known.
 *
 * <p>{@code source_1.public.orders:0:100:250} says that the records 100 to 249 came with the last commit. Where it began is
 * where the sink would read again after a kill at that moment; a sink that begins before was told to read again, or reads a
 * topic that was made anew.
 */
record Delivered(Map<TopicPartition, Range> ranges) {
    private static final String PROPERTY = "millrace.positions.";

    Delivered {
        ranges = Map.copyOf(ranges);
    }

    /**
     * Offsets of records.
     *
     * @param from the first
     * @param to behind the last
     */
    record Range(long from, long to) {
        boolean contains(long offset) {
            return offset >= from && offset < to;
        }
    }

    /** Returns what the newest snapshot of a sink says. */
    static Delivered of(Table table, String sink) {
        if (table.currentSnapshot() != null) {
            for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
                String said = snapshot.summary().get(PROPERTY + sink);
                if (said != null) {
                    return parsed(said);
                }
            }
        }
        return new Delivered(Map.of());
    }

    Optional<Range> of(TopicPartition partition) {
        return Optional.ofNullable(ranges.get(partition));
    }

    boolean covers(Map<TopicPartition, Range> others) {
        return ranges.entrySet().containsAll(others.entrySet());
    }

    /** Returns these and newer ones. */
    Delivered and(Map<TopicPartition, Range> newer) {
        Map<TopicPartition, Range> all = new HashMap<>(ranges);
        all.putAll(newer);
        return new Delivered(all);
    }

    /** Returns the name under which a snapshot says it. */
    static String property(String sink) {
        return PROPERTY + sink;
    }

    /** Returns what a snapshot says. */
    String text() {
        Map<String, String> sorted = new TreeMap<>();
        ranges.forEach((partition, range) ->
                sorted.put(partition.topic() + ":" + partition.partition(), range.from() + ":" + range.to()));
        return String.join(
                ",",
                sorted.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .toList());
    }

    private static Delivered parsed(String text) {
        Map<TopicPartition, Range> ranges = new HashMap<>();
        for (String part : text.split(",")) {
            String[] fields = part.split(":");
            ranges.put(
                    new TopicPartition(fields[0], Integer.parseInt(fields[1])),
                    new Range(Long.parseLong(fields[2]), Long.parseLong(fields[3])));
        }
        return new Delivered(ranges);
    }
}
