package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.SharedView;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.ViewLostException;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import io.millrace.control.TableName;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One view in several sessions: how many there are, and what becomes of it when they are lost. */
class SharedViewTest {
    private static final int ROWS = 10_000;
    private static final RunTerms SLOWLY =
            new RunTerms(SnapshotKind.BLOCKING, Optional.of(4000L), Optional.empty(), List.of());

    private static final ChunkRange ALL = new ChunkRange(Optional.empty(), Optional.empty(), Optional.empty());

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();
    private final TableName plain = new TableName(database.name(), "plain");

    /** With more in it than lies in buffers between the server and a reader. */
    @BeforeEach
    void createTable() {
        database.execute(
                "CREATE TABLE plain (n bigint, v bigint, pad varchar(2000))",
                "INSERT INTO plain SELECT seq, 0, repeat('x', 2000) FROM seq_1_to_" + ROWS);
    }

    @Test
    void aServerAtRestGivesASessionToEachReader() throws SQLException, TableUnreadableException {
        BinlogSnapshotDatabase snapshots = snapshots(Map.of("millrace.snapshot.parallelism", "4"));
        try (SharedView view = snapshots.openView("v", List.of(plain))) {
            List<TableConnection> connections = lent(snapshots, view);

            assertThat(connections).hasSize(4);
            assertThat(snapshots.openIn(view, plain)).isEmpty();
            connections.remove(0).close();
            connections.add(snapshots.openIn(view, plain).orElseThrow());
            connections.forEach(TableConnection::close);
        }
    }

    @Test
    void aUserOfFewConnectionsHasFewReaders() throws SQLException, TableUnreadableException {
        database.execute(
                "CREATE OR REPLACE USER few IDENTIFIED BY 'f' WITH MAX_USER_CONNECTIONS 2",
                "GRANT SELECT, REPLICATION CLIENT ON *.* TO few");
        BinlogSnapshotDatabase snapshots = snapshots(
                Map.of("millrace.snapshot.parallelism", "4", "database.user", "few", "database.password", "f"));
        try (SharedView view = snapshots.openView("v", List.of(plain))) {
            List<TableConnection> connections = lent(snapshots, view);

            assertThat(connections).hasSize(2);
            connections.forEach(TableConnection::close);
        }
    }

    /** However the sessions come together: all of them count the same rows. */
    @Test
    void sessionsOfABusyServerSeeTheSame() throws SQLException, TableUnreadableException {
        BinlogSnapshotDatabase snapshots = snapshots(Map.of("millrace.snapshot.parallelism", "3"));
        try (BackgroundWriter ignored = BackgroundWriter.start(
                database, i -> List.of("INSERT INTO plain (n, v) VALUES (" + (ROWS + i) + ", 0)"))) {
            for (int i = 0; i < 10; i++) {
                try (SharedView view = snapshots.openView("v" + i, List.of(plain))) {
                    List<TableConnection> connections = lent(snapshots, view);
                    List<Integer> rows = new ArrayList<>();
                    for (TableConnection connection : connections) {
                        rows.add(connection
                                .read(ALL, new ChunkLimits(10_000_000, 1 << 30, 10_000_000))
                                .rows());
                        connection.close();
                    }
                    assertThat(rows).isNotEmpty().containsOnly(rows.get(0));
                }
            }
        }
    }

    private List<TableConnection> lent(BinlogSnapshotDatabase snapshots, SharedView view)
            throws SQLException, TableUnreadableException {
        List<TableConnection> connections = new ArrayList<>();
        Optional<TableConnection> next = snapshots.openIn(view, plain);
        while (next.isPresent()) {
            connections.add(next.get());
            next = snapshots.openIn(view, plain);
        }
        return connections;
    }

    private BinlogSnapshotDatabase snapshots(Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(Capture.config(database, settings));
        return new BinlogSnapshotDatabase(new MariaDbDialect(config), config, Optional.empty(), Clock.systemUTC());
    }

    @Test
    void aViewWithoutASessionIsLost() throws SQLException, TableUnreadableException {
        BinlogSnapshotDatabase snapshots = snapshots(Map.of());
        try (SharedView view = snapshots.openView("v", List.of(plain))) {
            kill(sessions());

            assertThatThrownBy(() -> snapshots.openIn(view, plain)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> snapshots.openIn(view, plain)).isInstanceOf(ViewLostException.class);
        }
    }

    /** Rows that were delivered are passed over in another session of the same view, where the order is the same. */
    @Test
    void aSessionThatIsLostIsReplacedByAnotherOfTheView() {
        try (Capture capture = Capture.start(database, Map.of("millrace.snapshot.parallelism", "2"))) {
            capture.want(capture.blocking(Intent.RUN, SLOWLY, "plain"));
            awaitRows(capture, 1000);
            List<String> reading = sessions().stream()
                    .filter(id -> !database.query(
                                    "SELECT 1 FROM information_schema.PROCESSLIST WHERE COMMAND <> 'Sleep'"
                                            + " AND ID = " + id)
                            .isEmpty())
                    .toList();
            assertThat(sessions()).hasSize(2);

            kill(reading);
            database.execute("UPDATE plain SET v = 1 WHERE n = 5", "DELETE FROM plain WHERE n = 6");

            assertThat(reading).hasSize(1);
            assertThat(capture.end("r1", "plain").rows()).isEqualTo(ROWS);
            capture.awaitStreamed();
            assertThat(RowBag.replayed(capture.log("plain"))).isEqualTo(RowBag.of(database, "plain"));
        }
    }

    @Test
    void aViewThatIsLostIsReplacedByALaterOne() {
        database.execute(
                "CREATE TABLE keyed (id bigint PRIMARY KEY, v bigint)",
                "INSERT INTO keyed SELECT seq, 0 FROM seq_1_to_" + ROWS);
        try (Capture capture = Capture.start(
                database, Map.of("millrace.snapshot.parallelism", "2", "millrace.snapshot.chunk.bytes", "10000"))) {
            capture.want(capture.blocking(Intent.RUN, SLOWLY, "plain", "keyed"));
            awaitRows(capture, 1000);
            database.execute(
                    "UPDATE plain SET v = 1 WHERE n % 10 = 5",
                    "DELETE FROM plain WHERE n % 10 = 6",
                    "UPDATE keyed SET v = 1 WHERE id % 10 = 5",
                    "DELETE FROM keyed WHERE id % 10 = 6");

            kill(sessions());

            assertThat(capture.end("r1", "keyed").state()).isEqualTo(TopicState.COMPLETED);
            assertThat(capture.end("r1", "plain").state()).isEqualTo(TopicState.COMPLETED);
            capture.awaitStreamed();
            List<SourceRecord> log = capture.log("plain");
            assertThat(RowBag.replayed(log)).as("S1, S2, S3").isEqualTo(RowBag.of(database, "plain"));
            assertThat(capture.end("r1", "plain").rows())
                    .isEqualTo(RowBag.reads(log).size());
            Oracle oracle = Oracle.replay(capture.log("keyed"));
            oracle.assertGives(database, "keyed", "id");
            assertThat(capture.end("r1", "keyed").rows()).isEqualTo(oracle.reads());
        }
    }

    /** A view that were opened in the middle of it could not be read in. */
    @Test
    void aTableThatIsBeingAlteredIsWaitedFor() throws SQLException {
        try (Capture capture = Capture.start(database);
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES plain WRITE");
            capture.want(capture.blocking(Intent.RUN, RunTerms.BLOCKING, "plain"));
            capture.awaitStreamed(); // the stream does not wait with it
            assertThat(capture.log("plain")).isEmpty();

            statement.execute("ALTER TABLE plain ADD COLUMN more int DEFAULT 7");
            statement.execute("UNLOCK TABLES");

            assertThat(capture.end("r1", "plain").rows()).isEqualTo(ROWS);
            assertThat(RowBag.of(database, "plain")).isEqualTo(RowBag.replayed(capture.log("plain")));
        }
    }

    private void awaitRows(Capture capture, long rows) {
        Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest("plain")
                .filter(progress -> progress.rows() >= rows)
                .isPresent());
    }

    private List<String> sessions() {
        return database
                .query("SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX"
                        + " JOIN information_schema.PROCESSLIST ON ID = trx_mysql_thread_id")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    private void kill(List<String> sessions) {
        sessions.forEach(id -> database.execute("KILL " + id));
    }
}
