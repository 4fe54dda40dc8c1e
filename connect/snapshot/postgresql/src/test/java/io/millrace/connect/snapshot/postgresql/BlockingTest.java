package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.DesiredRun;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Blocking runs: tables without a key, read in one view at which the stream is held (S1, S2, S3, S4). */
class BlockingTest {
    private static final int ROWS = 10_000;
    private static final Map<String, String> TWO_READERS =
            Map.of("millrace.snapshot.parallelism", "2", "millrace.snapshot.chunk.bytes", "65536");

    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    private void createTables() {
        database.execute(
                "CREATE TABLE plain (n bigint, v bigint)",
                "ALTER TABLE plain REPLICA IDENTITY FULL",
                "INSERT INTO plain SELECT i, 0 FROM generate_series(1, " + ROWS + ") i",
                "CREATE TABLE parted (n bigint, v bigint) PARTITION BY HASH (n)",
                "CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
                "INSERT INTO parted SELECT i, 0 FROM generate_series(1, 1000) i");
    }

    @Test
    void everyRowOfATableWithoutKeyArrivesOnceWhileWritersAreAtWork() throws Exception {
        createTables();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        AtomicBoolean writing = new AtomicBoolean(true);
        try (Capture capture = Capture.start(database, TWO_READERS)) {
            writer.execute(() -> write(writing));
            Awaitility.await()
                    .atMost(Capture.LONG)
                    .until(() -> capture.log("plain").size() > 20);

            capture.want(blocking(Intent.RUN, "plain"));
            TopicProgress end = capture.end("r1", "plain");
            writing.set(false);
            writer.shutdown();
            assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            capture.awaitStreamed();

            assertThat(end.state()).isEqualTo(TopicState.COMPLETED);
            assertThat(replayed(capture.log("plain"))).isEqualTo(table("plain"));
            assertThat(capture.log("plain").stream()
                            .filter(BlockingTest::isRead)
                            .count())
                    .isEqualTo(end.rows());
        } finally {
            writing.set(false);
            writer.shutdown();
        }
    }

    /** Inserts, updates and deletes rows whose values are never used twice. */
    private void write(AtomicBoolean writing) {
        for (int i = 1; writing.get(); i++) {
            database.execute(
                    "INSERT INTO plain VALUES (" + (ROWS + i) + ", 0)",
                    "UPDATE plain SET v = " + i + " WHERE ctid = (SELECT min(ctid) FROM plain)",
                    "DELETE FROM plain WHERE ctid = (SELECT max(ctid) FROM plain)");
        }
    }

    @Test
    void partitionedTablesAreReadWhole() {
        createTables();
        try (Capture capture = Capture.start(database, TWO_READERS)) {
            capture.want(blocking(Intent.RUN, "parted", "plain"));

            assertThat(capture.end("r1", "parted").rows()).isEqualTo(1000);
            assertThat(capture.end("r1", "plain").error()).isEmpty();
            assertThat(capture.end("r1", "plain").rows()).isEqualTo(ROWS);
        }
    }

    @Test
    void aStopLetsTheStreamGoOn() {
        createTables();
        RunTerms slowly = new RunTerms(SnapshotKind.BLOCKING, Optional.of(500L), Optional.empty(), List.of());
        try (Capture capture = Capture.start(database)) {
            capture.want(blocking(Intent.RUN, slowly, "plain"));
            Awaitility.await()
                    .atMost(Capture.LONG)
                    .until(() -> capture.log("plain").size() > 500);
            database.execute("INSERT INTO plain VALUES (-1, -1)");

            capture.want(blocking(Intent.STOP, slowly, "plain"));

            assertThat(capture.end("r1", "plain").state()).isEqualTo(TopicState.CANCELLED);
            Awaitility.await().atMost(Capture.LONG).until(() -> capture.log("plain").stream()
                    .anyMatch(entry -> !isRead(entry)));
        }
    }

    private static DesiredRun blocking(Intent intent, String... tables) {
        return blocking(intent, RunTerms.BLOCKING, tables);
    }

    private static DesiredRun blocking(Intent intent, RunTerms terms, String... tables) {
        return new DesiredRun(
                "r1",
                intent,
                Arrays.stream(tables)
                        .map(table -> Capture.topic(table, Intent.RUN))
                        .toList(),
                Optional.empty(),
                terms);
    }

    private static boolean isRead(SourceRecord entry) {
        return entry.value() instanceof Struct value && value.getString("op").equals("r");
    }

    /**
     * Returns how often each row is there after the rows of the view and all that the topic says behind them; what it
     * says before is in the view.
     */
    private static Map<List<Object>, Integer> replayed(List<SourceRecord> log) {
        Map<List<Object>, Integer> rows = new HashMap<>();
        int first = (int) log.stream().takeWhile(entry -> !isRead(entry)).count();
        for (SourceRecord entry : log.subList(first, log.size())) {
            if (entry.value() instanceof Struct value) { // the others are tombstones
                count(rows, value.getStruct("before"), -1);
                count(rows, value.getStruct("after"), 1);
            }
        }
        return rows;
    }

    private static void count(Map<List<Object>, Integer> rows, Struct row, int times) {
        if (row != null) {
            rows.merge(
                    List.of(row.getInt64("n"), row.getInt64("v")),
                    times,
                    (one, other) -> one + other == 0 ? null : one + other);
        }
    }

    private Map<List<Object>, Integer> table(String name) {
        Map<List<Object>, Integer> rows = new HashMap<>();
        database.query("SELECT n, v, count(*) FROM " + name + " GROUP BY n, v")
                .forEach(row -> rows.put(
                        List.of(Long.parseLong(row.get(0)), Long.parseLong(row.get(1))), Integer.parseInt(row.get(2))));
        return rows;
    }
}
