package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.TcpProxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** S1 to S5 while connections break, with writers at work. */
class BrokenConnectionsTest {
    private static final int ROWS = 20_000;
    private static final int CUTS = Boolean.getBoolean("millrace.soak") ? 60 : 8;

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @Test
    void cutConnectionsLoseAndRepeatNothing() {
        Random random = random();
        Writers.createTable(database, "stock", ROWS);
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, through(network)).revive()) {
            try (Writers ignored = Writers.start(database, "stock", ROWS, 2, random.nextLong())) {
                capture.snapshot("r1", "stock");
                for (int cut = 1; cut <= CUTS; cut++) {
                    awaitRows(capture, (long) ROWS * cut / (CUTS + 2));
                    network.cut(cut % 4 == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3), random);
                }
                capture.end("r1", "stock");
            }
            assertThat(capture.lives()).as("a stream that was cut began anew").isGreaterThan(1);
            assertComplete(capture);
        }
    }

    /** Some cuts meet the stream, some a session of the view, some all of them; the table without a key begins anew then. */
    @Test
    void cutConnectionsOfABlockingRunLoseNothing() {
        Random random = random();
        RunTerms slowly = new RunTerms(SnapshotKind.BLOCKING, Optional.of(10_000L), Optional.empty(), List.of());
        Writers.createTable(database, "stock", ROWS);
        database.execute(
                "CREATE TABLE plain (n bigint, v bigint)", "INSERT INTO plain SELECT seq, 0 FROM seq_1_to_2000");
        RowBag before = RowBag.of(database, "plain");
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, through(network)).revive()) {
            try (Writers ignored = Writers.start(database, "stock", ROWS, 1, random.nextLong());
                    BackgroundWriter another = BackgroundWriter.start(
                            database,
                            i -> List.of(
                                    "INSERT INTO plain VALUES (" + i % 100 + ", -1)",
                                    "UPDATE plain SET v = v + 1 WHERE n = " + i % 2000 + " LIMIT 1"))) {
                assertThat(another).isNotNull();
                capture.want(capture.blocking(Intent.RUN, slowly, "stock", "plain"));
                for (int cut = 1; cut <= CUTS; cut++) {
                    awaitRows(capture, (long) ROWS * cut / (CUTS + 2));
                    network.cut(cut % 4 == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3), random);
                }
                capture.end("r1", "stock");
                capture.end("r1", "plain");
            }
            assertComplete(capture);
            List<SourceRecord> log = capture.log("plain");
            TopicProgress end = capture.end("r1", "plain");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows())
                    .as("S4: rows counted")
                    .isEqualTo(RowBag.reads(log).size());
            assertThat(RowBag.replayed(log)).as("S1, S2, S3").isEqualTo(RowBag.of(database, "plain"));
            assertThat(before.after(RowBag.changes(log)))
                    .as("what was streamed")
                    .isEqualTo(RowBag.of(database, "plain"));
        }
    }

    private static Random random() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    /** Nobody tells either end that the other one is gone: no reset comes, and no end. */
    @Test
    void readersThatHearNothingMoreAreReplaced() {
        Writers.createTable(database, "stock", ROWS);
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, Map.of("database.port", String.valueOf(network.port())))) {
            capture.snapshot("r1", "stock");
            awaitRows(capture, ROWS / 4 + 1);
            List<Integer> readers = readers();

            network.silence(readers);
            database.execute("UPDATE stock SET v = nextval(stock" + Writers.SEQUENCE + ") WHERE id % 7 = 1");

            assertThat(readers).isNotEmpty();
            assertThat(capture.end("r1", "stock").state()).isEqualTo(TopicState.COMPLETED);
            capture.awaitStreamed();
            Oracle.replay(capture.log("stock")).assertGives(database, "stock", "id");
        }
    }

    /** Everything but the stream, which is silent for other reasons. */
    private List<Integer> readers() {
        return database
                .query("SELECT SUBSTRING_INDEX(HOST, ':', -1) FROM information_schema.PROCESSLIST"
                        + " WHERE COMMAND NOT LIKE 'Binlog%' AND ID <> CONNECTION_ID()")
                .stream()
                .map(row -> Integer.parseInt(row.get(0)))
                .toList();
    }

    private static void awaitRows(Capture capture, long rows) {
        Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest("stock")
                .filter(progress -> progress.rows() >= rows || progress.state().isFinal())
                .isPresent());
    }

    private void assertComplete(Capture capture) {
        capture.awaitStreamed();
        TopicProgress end = capture.end("r1", "stock");
        assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
        Oracle oracle = Oracle.replay(capture.log("stock"));
        oracle.assertGives(database, "stock", "id");
        assertThat(end.rows()).as("S4: rows counted").isEqualTo(oracle.reads());
        List<Long> rows =
                capture.progress("stock").stream().map(TopicProgress::rows).toList();
        assertThat(rows).as("S5: rows never fall").isSorted();
    }

    private static Map<String, String> through(TcpProxy network) {
        return Map.of("database.port", String.valueOf(network.port()), "millrace.snapshot.parallelism", "2");
    }
}
