package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Blocking runs: tables with and without a key, read in one view at which the stream is held (S1 to S7). */
class BlockingTest {
    private static final int ROWS = 10_000;
    private static final int ACCOUNTS = 20_000;
    private static final Map<String, String> THREE_READERS =
            Map.of("millrace.snapshot.parallelism", "3", "millrace.snapshot.chunk.bytes", "40000");
    private static final RunTerms SLOWLY =
            new RunTerms(SnapshotKind.BLOCKING, Optional.of(2000L), Optional.empty(), List.of());

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    /** A hundred rows of each kind, which nothing tells apart. */
    private RowBag createPlain() {
        database.execute(
                "CREATE TABLE plain (n bigint, v bigint)",
                "INSERT INTO plain SELECT seq % 100, 0 FROM seq_1_to_" + ROWS);
        return RowBag.of(database, "plain");
    }

    private BackgroundWriter writeToPlain() {
        return BackgroundWriter.start(
                database,
                i -> List.of(
                        "INSERT INTO plain VALUES (" + i % 100 + ", 0), (" + i % 100 + ", 0)",
                        "UPDATE plain SET v = v + 1 WHERE n = " + i % 100 + " LIMIT 3",
                        "DELETE FROM plain WHERE n = " + (i + 50) % 100 + " LIMIT 1"));
    }

    @Test
    void everyRowOfATableWithoutKeyArrivesOnceWhileAWriterIsAtWork() {
        RowBag before = createPlain();
        try (Capture capture = Capture.start(database, THREE_READERS)) {
            TopicProgress end;
            try (BackgroundWriter ignored = writeToPlain()) {
                awaitLog(capture, "plain", 50);
                capture.want(capture.blocking(Intent.RUN, RunTerms.BLOCKING, "plain"));
                end = capture.end("r1", "plain");
                awaitLog(capture, "plain", capture.log("plain").size() + 50);
            }
            capture.awaitStreamed();

            List<SourceRecord> log = capture.log("plain");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows())
                    .as("S4: rows counted")
                    .isEqualTo(RowBag.reads(log).size());
            assertThat(RowBag.replayed(log)).as("S1, S2, S3").isEqualTo(RowBag.of(database, "plain"));
            assertThat(before.after(RowBag.changes(log)))
                    .as("what was streamed while and after the stream was held")
                    .isEqualTo(RowBag.of(database, "plain"));
        }
    }

    /** Each transaction takes from the one table what it puts into the other: what one view sees adds up. */
    @Test
    void allTablesAndRangesAreOfOneMoment() {
        database.execute(
                "CREATE TABLE account (id bigint PRIMARY KEY, v bigint NOT NULL, pad char(80))",
                "INSERT INTO account SELECT seq, 10, 'x' FROM seq_1_to_" + ACCOUNTS,
                "CREATE TABLE spent (n bigint, v bigint)");
        try (Capture capture = Capture.start(database, THREE_READERS)) {
            try (BackgroundWriter ignored = BackgroundWriter.inTransactions(
                    database,
                    i -> List.of(
                            "UPDATE account SET v = v - 1 WHERE id = " + (1 + i * 7919L % ACCOUNTS),
                            "INSERT INTO spent VALUES (" + i + ", 1)"))) {
                awaitLog(capture, "spent", 50);
                capture.want(capture.blocking(Intent.RUN, RunTerms.BLOCKING, "account", "spent"));
                capture.end("r1", "spent");
                capture.end("r1", "account");
            }
            capture.awaitStreamed();

            List<SourceRecord> accounts = RowBag.reads(capture.log("account"));
            List<SourceRecord> spent = RowBag.reads(capture.log("spent"));
            assertThat(accounts).hasSize(ACCOUNTS);
            assertThat(sum(accounts) + sum(spent)).isEqualTo(10L * ACCOUNTS);
            assertThat(views(accounts)).hasSize(1).isEqualTo(views(spent));
            assertThat(RowBag.replayed(capture.log("spent"))).isEqualTo(RowBag.of(database, "spent"));
        }
    }

    private static long sum(List<SourceRecord> rows) {
        return rows.stream()
                .mapToLong(row -> ((Struct) row.value()).getStruct("after").getInt64("v"))
                .sum();
    }

    private static Set<String> views(List<SourceRecord> rows) {
        Set<String> views = new HashSet<>();
        rows.forEach(row -> views.add(RowBag.view(row)));
        return views;
    }

    @Test
    void aServerOnWhichNothingIsWrittenHoldsUpNothing() {
        createPlain();
        database.execute("CREATE TABLE empty (n bigint)", "CREATE TABLE nothing (id bigint PRIMARY KEY)");
        try (Capture capture = Capture.startUnseen(database)) {
            capture.want(capture.blocking(Intent.RUN, RunTerms.BLOCKING, "plain", "empty", "nothing"));

            assertThat(capture.end("r1", "plain").rows()).isEqualTo(ROWS);
            assertThat(capture.end("r1", "empty").state()).isEqualTo(TopicState.COMPLETED);
            assertThat(capture.end("r1", "nothing").state()).isEqualTo(TopicState.COMPLETED);
        }
    }

    @Test
    void aStopInTheMiddleLetsTheStreamGoOnAndLeavesNoSession() {
        createPlain();
        Writers.createTable(database, "stock", ROWS);
        try (Capture capture = Capture.start(database, THREE_READERS)) {
            capture.want(capture.blocking(Intent.RUN, SLOWLY, "plain", "stock"));
            awaitRows(capture, "plain", 500);
            database.execute("INSERT INTO plain VALUES (-1, -1)");

            capture.want(capture.blocking(Intent.STOP, SLOWLY, "plain", "stock"));

            TopicProgress stopped = capture.end("r1", "plain");
            assertThat(stopped.state()).isEqualTo(TopicState.CANCELLED);
            assertThat(stopped.rows()).isLessThan(ROWS);
            assertThat(capture.end("r1", "stock").state()).isEqualTo(TopicState.CANCELLED);
            awaitLog(capture, "plain", (int) stopped.rows() + 1);
            capture.awaitStreamed();
            assertThat(RowBag.reads(capture.log("plain"))).as("S7").hasSize((int) stopped.rows());
            assertThat(RowBag.changes(capture.log("plain"))).hasSize(1);
            Awaitility.await().atMost(Capture.LONG).until(() -> transactions().isEmpty());
        }
    }

    private List<List<String>> transactions() {
        return database.query("SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX");
    }

    /** Of rows without a key nobody knows where to go on, so they come anew; rows with a key come once. */
    @Test
    void aTaskThatIsKilledInTheMiddleReadsInAnotherView() {
        RowBag before = createPlain();
        Writers.createTable(database, "stock", ROWS);
        try (Capture capture = Capture.start(database, THREE_READERS)) {
            try (BackgroundWriter ignored = writeToPlain();
                    Writers others = Writers.start(database, "stock", ROWS, 1, 7)) {
                Awaitility.await().until(() -> others.transactions() > 50);
                RunTerms quickly = new RunTerms(SnapshotKind.BLOCKING, Optional.of(8000L), Optional.empty(), List.of());
                capture.want(capture.blocking(Intent.RUN, quickly, "plain", "stock"));
                awaitRows(capture, "plain", 2000);
                capture.crash();
                capture.end("r1", "plain");
                capture.end("r1", "stock");
            }
            capture.awaitStreamed();

            TopicProgress end = capture.end("r1", "plain");
            List<SourceRecord> log = capture.log("plain");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(views(RowBag.reads(log))).hasSize(2);
            assertThat(RowBag.replayed(log)).as("S1, S2, S3").isEqualTo(RowBag.of(database, "plain"));
            assertThat(before.after(RowBag.changes(log))).isEqualTo(RowBag.of(database, "plain"));
            assertThat(end.rows())
                    .as("S4: rows counted")
                    .isEqualTo(RowBag.reads(log).size());
            assertThat(capture.progress("plain").stream().map(TopicProgress::rows))
                    .as("S5: rows never fall")
                    .isSorted();
            Oracle oracle = Oracle.replay(capture.log("stock"));
            oracle.assertGives(database, "stock", "id");
            List<SourceRecord> reads = RowBag.reads(capture.log("stock"));
            assertThat(new HashSet<>(reads.stream().map(SourceRecord::key).toList()))
                    .as("each row once")
                    .hasSameSizeAs(reads);
        }
    }

    /** The read of a chunk ends by bytes, in the middle of what its query returns. */
    @Test
    void rowsMuchWiderThanExpectedAreReadInTheSameView() {
        database.execute(
                "CREATE TABLE wide (id bigint PRIMARY KEY, v bigint NOT NULL, pad longtext)",
                "INSERT INTO wide SELECT seq, seq, repeat('x', IF(seq BETWEEN 1000 AND 1100, 100000, 10)) FROM seq_1_to_3000");
        try (Capture capture = Capture.start(database, THREE_READERS)) {
            capture.want(capture.blocking(Intent.RUN, RunTerms.BLOCKING, "wide"));

            assertThat(capture.end("r1", "wide").rows()).isEqualTo(3000);
            Oracle.replay(capture.log("wide")).assertGives(database, "wide", "id");
            assertThat(views(RowBag.reads(capture.log("wide")))).hasSize(1);
        }
    }

    @Test
    void aTableWithoutSnapshotsFailsInWordsAndTheOthersGoOn() {
        createPlain();
        database.execute("CREATE TABLE old (id bigint PRIMARY KEY) ENGINE = MyISAM", "INSERT INTO old VALUES (1)");
        try (Capture capture = Capture.start(database, THREE_READERS)) {
            capture.want(capture.blocking(Intent.RUN, RunTerms.BLOCKING, "old", "absent", "plain"));

            assertThat(capture.end("r1", "old").error().orElseThrow()).contains("engine without snapshots");
            assertThat(capture.end("r1", "absent").error().orElseThrow()).contains("does not exist");
            assertThat(capture.end("r1", "plain").rows()).isEqualTo(ROWS);
        }
    }

    /** A server waits for a client only so long, and a held stream is not read. */
    @Test
    void aServerThatGivesUpTheHeldStreamIsReadFurther() {
        RowBag before = createPlain();
        database.execute("CREATE TABLE much (id bigint AUTO_INCREMENT PRIMARY KEY, pad varchar(2000))");
        database.execute("SET GLOBAL net_write_timeout = 1");
        try (Capture capture = Capture.start(database, THREE_READERS).revive()) {
            capture.want(capture.blocking(Intent.RUN, SLOWLY, "plain"));
            awaitRows(capture, "plain", 500);
            database.execute(
                    "INSERT INTO much (pad) SELECT repeat('x', 2000) FROM seq_1_to_40000",
                    "UPDATE plain SET v = 1 WHERE n = 1");

            assertThat(capture.end("r1", "plain").rows()).isEqualTo(ROWS);
            capture.awaitStreamed();
            assertThat(capture.log("much")).hasSize(40_000);
            assertThat(RowBag.replayed(capture.log("plain"))).isEqualTo(RowBag.of(database, "plain"));
            assertThat(before.after(RowBag.changes(capture.log("plain")))).isEqualTo(RowBag.of(database, "plain"));
        } finally {
            database.execute("SET GLOBAL net_write_timeout = DEFAULT");
        }
    }

    private static void awaitLog(Capture capture, String table, int entries) {
        Awaitility.await().atMost(Capture.LONG).until(() -> capture.log(table).size() >= entries);
    }

    private static void awaitRows(Capture capture, String table, long rows) {
        Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest(table)
                .filter(progress -> progress.rows() >= rows)
                .isPresent());
    }
}
