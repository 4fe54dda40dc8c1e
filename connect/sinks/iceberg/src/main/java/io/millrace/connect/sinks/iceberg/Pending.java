package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.keyed.Reduction;
import io.millrace.connect.sinks.keyed.Row;
import io.millrace.connect.sinks.keyed.RowKey;
import io.millrace.connect.sinks.row.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What one table is to get with its next commit. */
final class Pending {
    private static final long ROW_BYTES = 100;

    private final Instant since;
    private final Reduction reduction = new Reduction();
    private final List<Row> additions = new ArrayList<>();
    private final Map<Column, Change> columns = new LinkedHashMap<>();
    private final Set<String> key = new LinkedHashSet<>();
    private final Map<TopicPartition, Long> first = new HashMap<>();
    private final Set<Change> refused = new HashSet<>();
    private long bytes;
    private Optional<Map<TopicPartition, Delivered.Range>> attempted = Optional.empty();

    /** @param since when the first change came */
    Pending(Instant since) {
        this.since = since;
    }

    Instant since() {
        return since;
    }

    /** Returns the memory that is taken, about. */
    long bytes() {
        return bytes;
    }

    /** Returns where the oldest change of each partition is. */
    Map<TopicPartition, Long> first() {
        return first;
    }

    Reduction reduction() {
        return reduction;
    }

    List<Row> additions() {
        return additions;
    }

    /** Returns the columns of all rows, and a change that has each. */
    Map<Column, Change> columns() {
        return columns;
    }

    List<String> key() {
        return List.copyOf(key);
    }

    /** Returns whether a commit was tried: it may have come about, so nothing is added any more. */
    boolean isAttempted() {
        return attempted.isPresent();
    }

    /** Returns which records the commit has: those of the first attempt. */
    Map<TopicPartition, Delivered.Range> attempt(Map<TopicPartition, Delivered.Range> ranges) {
        if (attempted.isEmpty()) {
            attempted = Optional.of(Map.copyOf(ranges));
        }
        return attempted.get();
    }

    /** Leaves the row of a change out. */
    void refuse(Change change) {
        refused.add(change);
    }

    boolean isRefused(Row row) {
        return refused.contains(row.change());
    }

    void add(Row row) {
        note(row.change(), row.columns(), row.values());
        row.columns().forEach(column -> columns.putIfAbsent(column, row.change()));
        additions.add(row);
    }

    void put(RowKey rowKey, Row row) {
        note(row.change(), row.columns(), row.values());
        row.columns().forEach(column -> columns.putIfAbsent(column, row.change()));
        rowKey.columns().forEach(column -> columns.putIfAbsent(column, row.change()));
        key.addAll(rowKey.names());
        reduction.put(rowKey, row);
    }

    void remove(Change change, RowKey rowKey) {
        note(change, rowKey.columns(), rowKey.values());
        rowKey.columns().forEach(column -> columns.putIfAbsent(column, change));
        key.addAll(rowKey.names());
        reduction.remove(rowKey);
    }

    private void note(Change change, List<Column> told, @Nullable Object[] values) {
        first.merge(change.partition(), change.offset(), Math::min);
        bytes += ROW_BYTES;
        for (int i = 0; i < told.size(); i++) {
            bytes += Values.size(values[i]);
        }
    }
}
