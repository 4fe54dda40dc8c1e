package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.DesiredRun;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.TcpProxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S1 to S5 while connections break and servers go away, with two writers at work. */
class BrokenConnectionsTest {
    private static final int ROWS = 20_000;
    private static final boolean SOAK = Boolean.getBoolean("millrace.soak");
    private static final int CUTS = SOAK ? 60 : 8;

    @Test
    void cutConnectionsLoseAndRepeatNothing() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        PostgresDatabase database = PostgresServer.shared(17).createDatabase();
        Writers.createTable(database, "stock", ROWS);
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, through(network)).revive()) {
            try (Writers ignored = Writers.start(database, "stock", ROWS, 2, seed)) {
                capture.snapshot("r1", "stock");
                for (int cut = 1; cut <= CUTS; cut++) {
                    capture.awaitRow("stock", "id", (long) ROWS * cut / (CUTS + 1) + random.nextInt(500));
                    network.cut(cut % 4 == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3), random);
                }
                capture.end("r1", "stock");
            }
            assertThat(capture.lives()).as("a stream that was cut began anew").isGreaterThan(1);
            assertComplete(capture, database);
        }
    }

    /** Some cuts meet the stream, some a reader, some the session that exports the view, some all of them. */
    @Test
    void cutConnectionsOfABlockingRunLoseNothing() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        PostgresDatabase database = PostgresServer.shared(18).createDatabase();
        Writers.createTable(database, "stock", ROWS);
        KeylessTable plain = KeylessTable.create(database, "plain", 5_000);
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, through(network)).revive()) {
            try (Writers ignored = Writers.start(database, "stock", ROWS, 1, seed);
                    AutoCloseable writing = plain.write()) {
                assertThat(writing).isNotNull();
                capture.want(blocking(10_000, "stock", "plain"));
                for (int cut = 1; cut <= CUTS; cut++) {
                    awaitRows(capture, "stock", (long) ROWS * cut / (CUTS + 2));
                    network.cut(cut % 4 == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3), random);
                }
                capture.end("r1", "stock");
                capture.end("r1", "plain");
            }
            assertComplete(capture, database);
            TopicProgress end = capture.end("r1", "plain");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            plain.assertGivenBy(capture.log("plain"), end.rows());
        }
    }

    /** With the session that exported the view everything is lost that was to be read in it, and nothing else. */
    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18})
    void aViewThatIsLostIsReplacedByALaterOne(int version) throws Exception {
        PostgresDatabase database = PostgresServer.shared(version).createDatabase();
        Writers.createTable(database, "stock", ROWS);
        KeylessTable plain = KeylessTable.create(database, "plain", 5_000);
        try (Capture capture = Capture.start(database, through(database.server().port()))) {
            try (AutoCloseable writing = plain.write()) {
                assertThat(writing).isNotNull();
                capture.want(blocking(8_000, "stock", "plain"));
                awaitRows(capture, "stock", ROWS / 4);
                change(database, 1);

                database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND application_name = 'Millrace snapshot' AND state ="
                        + " 'idle in transaction'");

                capture.end("r1", "stock");
                capture.end("r1", "plain");
            }
            assertThat(capture.lives()).isEqualTo(1);
            assertComplete(capture, database);
            TopicProgress end = capture.end("r1", "plain");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            plain.assertGivenBy(capture.log("plain"), end.rows());
        }
    }

    private static DesiredRun blocking(long rowsPerSecond, String... tables) {
        return new DesiredRun(
                "r1",
                Intent.RUN,
                Arrays.stream(tables)
                        .map(table -> Capture.topic(table, Intent.RUN))
                        .toList(),
                Optional.empty(),
                new RunTerms(SnapshotKind.BLOCKING, Optional.of(rowsPerSecond), Optional.empty(), List.of()));
    }

    private static void awaitRows(Capture capture, String table, long rows) {
        Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest(table)
                .filter(progress -> progress.rows() >= rows || progress.state().isFinal())
                .isPresent());
    }

    /** Nobody tells either end that the other one is gone: no reset comes, and no end. */
    @Test
    void readersThatHearNothingMoreAreReplaced() {
        PostgresDatabase database = PostgresServer.shared(17).createDatabase();
        Writers.createTable(database, "stock", ROWS);
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, through(network))) {
            capture.snapshot("r1", "stock");
            capture.awaitRow("stock", "id", ROWS / 4);
            List<Integer> readers = ports(database, "application_name = 'Millrace snapshot'");

            network.silence(readers);
            change(database, 1);
            capture.end("r1", "stock");

            assertThat(readers).isNotEmpty();
            assertComplete(capture, database);
        }
    }

    @Test
    void aStreamThatHearsNothingMoreIsFoundOutByTheDatabase() throws SQLException {
        try (PostgresServer server = PostgresServer.start(18, FreePorts.next(), Map.of("wal_sender_timeout", "1s"))) {
            PostgresDatabase database = server.createDatabase();
            try (TcpProxy network = TcpProxy.to(server.port());
                    Capture ignored = Capture.start(database, through(network)).revive()) {
                PostgresSnapshotDatabase asked =
                        new PostgresSnapshotDatabase(Capture.config(database, through(server.port())));
                assertThat(asked.isStreaming()).isTrue();

                network.silence(ports(database, "backend_type = 'walsender'"));

                Awaitility.await().atMost(Capture.LONG).until(() -> !asked.isStreaming());
                network.cut();
            }
        }
    }

    private static List<Integer> ports(PostgresDatabase database, String which) {
        return database
                .query("SELECT client_port FROM pg_stat_activity WHERE datname = current_database() AND " + which)
                .stream()
                .map(row -> Integer.parseInt(row.get(0)))
                .toList();
    }

    @Test
    void aDatabaseThatIsStartedAnewIsReadFurther() {
        try (PostgresServer server = PostgresServer.start(16, FreePorts.next(), Map.of("fsync", "on"))) {
            PostgresDatabase database = server.createDatabase();
            Writers.createTable(database, "stock", ROWS);
            try (Capture capture =
                    Capture.start(database, through(database.server().port())).revive()) {
                capture.snapshot("r1", "stock");

                capture.awaitRow("stock", "id", ROWS / 4);
                server.stop();
                server.start();
                change(database, 1);
                if (SOAK) {
                    capture.awaitRow("stock", "id", ROWS / 2);
                    server.kill();
                    server.start();
                    change(database, 2);
                }
                capture.end("r1", "stock");

                assertThat(capture.lives()).isGreaterThan(1);
                assertComplete(capture, database);
            }
        }
    }

    /** Changes, deletes and adds rows in all parts of the table. */
    private static void change(PostgresDatabase database, int step) {
        database.execute(
                "UPDATE stock SET v = nextval('stock_v') WHERE id % 7 = " + step,
                "DELETE FROM stock WHERE id % 11 = " + step,
                "INSERT INTO stock SELECT id, nextval('stock_v'), 'again' FROM generate_series(1, 30000, 1000) id"
                        + " ON CONFLICT DO NOTHING");
    }

    private static void assertComplete(Capture capture, PostgresDatabase database) {
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
        return through(network.port());
    }

    private static Map<String, String> through(int port) {
        return Map.of("database.port", String.valueOf(port), "millrace.snapshot.parallelism", "2");
    }
}
