package io.millrace.connect.snapshot.mariadb;

import io.millrace.testkit.MariaDbDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Rows of a table with the columns {@code n} and {@code v} and without a key: how often each is there. */
record RowBag(Map<List<Object>, Integer> rows) {
    RowBag {
        rows = Map.copyOf(rows);
    }

    /** Returns what a table holds. */
    static RowBag of(MariaDbDatabase database, String table) {
        Map<List<Object>, Integer> rows = new HashMap<>();
        database.query("SELECT n, v, count(*) FROM " + table + " GROUP BY n, v")
                .forEach(row -> rows.put(
                        List.of(Long.parseLong(row.get(0)), Long.parseLong(row.get(1))), Integer.parseInt(row.get(2))));
        return new RowBag(rows);
    }

    /** Returns the rows after what records say of them, in order; one that is negative was taken too often. */
    RowBag after(List<SourceRecord> log) {
        Map<List<Object>, Integer> after = new HashMap<>(rows);
        for (SourceRecord entry : log) {
            if (entry.value() instanceof Struct value) { // the others are tombstones
                count(after, value.getStruct("before"), -1);
                count(after, value.getStruct("after"), 1);
            }
        }
        return new RowBag(after);
    }

    private static void count(Map<List<Object>, Integer> rows, Struct row, int times) {
        if (row != null) {
            rows.merge(
                    List.of(row.getInt64("n"), row.getInt64("v")),
                    times,
                    (one, other) -> one + other == 0 ? null : one + other);
        }
    }

    /** Returns what the topic says of the table from the first row of the newest view on: what it says before is in there. */
    static RowBag replayed(List<SourceRecord> log) {
        List<SourceRecord> reads = reads(log);
        String newest = view(reads.get(reads.size() - 1));
        int first = (int) log.stream()
                .takeWhile(entry -> !isRead(entry) || !view(entry).equals(newest))
                .count();
        return new RowBag(Map.of()).after(log.subList(first, log.size()));
    }

    /** Returns the rows of snapshots. */
    static List<SourceRecord> reads(List<SourceRecord> log) {
        return log.stream().filter(RowBag::isRead).toList();
    }

    /** Returns the changes that were streamed. */
    static List<SourceRecord> changes(List<SourceRecord> log) {
        return log.stream().filter(entry -> !isRead(entry)).toList();
    }

    static boolean isRead(SourceRecord entry) {
        return entry.value() instanceof Struct value && value.getString("op").equals("r");
    }

    /** Returns the place of the view that a row was read in. */
    static String view(SourceRecord read) {
        Struct source = ((Struct) read.value()).getStruct("source");
        return source.getString("file") + "/" + source.getInt64("pos");
    }
}
