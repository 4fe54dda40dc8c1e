package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.PostgresDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A table without a key whose rows the test, and nobody else, can tell apart: {@code n} is never used twice. */
record KeylessTable(PostgresDatabase database, String name, int rows) {
    static KeylessTable create(PostgresDatabase database, String name, int rows) {
        database.execute(
                "CREATE TABLE " + name + " (n bigint, v bigint)",
                "ALTER TABLE " + name + " REPLICA IDENTITY FULL",
                "INSERT INTO " + name + " SELECT i, 0 FROM generate_series(1, " + rows + ") i");
        return new KeylessTable(database, name, rows);
    }

    /** Inserts, updates and deletes until the result is closed. */
    AutoCloseable write() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 1; !end.isDone(); i++) {
                database.execute(
                        "INSERT INTO " + name + " VALUES (" + (rows + i) + ", 0)",
                        "UPDATE " + name + " SET v = v + 1 WHERE n = " + i * 7919L % rows,
                        "DELETE FROM " + name + " WHERE n = " + i * 104_729L % rows);
            }
        });
        return () -> {
            end.complete(null);
            writing.orTimeout(1, TimeUnit.MINUTES).join();
        };
    }

    /** Fails unless a topic gives the table, never went back, and has as many rows of snapshots as were counted. */
    void assertGivenBy(List<SourceRecord> log, long counted) {
        Map<Long, Long> newest = new HashMap<>();
        Set<Long> gone = new HashSet<>();
        List<String> complaints = new ArrayList<>();
        long reads = 0;
        for (SourceRecord entry : log) {
            if (!(entry.value() instanceof Struct value)) {
                continue; // a tombstone
            }
            String operation = value.getString("op");
            Struct row = value.getStruct(operation.equals("d") ? "before" : "after");
            long n = row.getInt64("n");
            reads += operation.equals("r") ? 1 : 0;
            if (gone.contains(n) || row.getInt64("v") < newest.getOrDefault(n, 0L)) {
                complaints.add(operation + " of " + row + " after " + (gone.contains(n) ? "its end" : newest.get(n)));
            }
            newest.put(n, row.getInt64("v"));
            if (operation.equals("d")) {
                gone.add(n);
                newest.remove(n);
            }
        }
        Map<Long, Long> expected = new HashMap<>();
        database.query("SELECT n, v FROM " + name)
                .forEach(row -> expected.put(Long.valueOf(row.get(0)), Long.valueOf(row.get(1))));
        assertThat(complaints).as("S2, S3").isEmpty();
        assertThat(newest).as("S1").isEqualTo(expected);
        assertThat(counted).as("S4").isEqualTo(reads);
    }
}
