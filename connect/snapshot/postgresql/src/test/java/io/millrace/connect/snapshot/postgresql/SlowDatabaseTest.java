package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S1, S6 and S7 where a read takes as long as it likes, or fails. */
class SlowDatabaseTest {
    private static final int ROWS = 2_000;

    private final PostgresDatabase database = PostgresServer.shared(15).createDatabase();

    @BeforeEach
    void createTable() {
        Writers.createTable(database, "stock", ROWS);
    }

    @Test
    void aTableThatIsLockedIsReadWhenTheLockIsGone() throws SQLException {
        try (Capture capture = Capture.start(database);
                Connection locking = locked()) {
            capture.snapshot("r1", "stock");
            Awaitility.await().atMost(Capture.LONG).until(this::aReaderWaits);
            database.execute("CREATE TABLE other (id int PRIMARY KEY)", "INSERT INTO other VALUES (1)");
            Awaitility.await().atMost(Capture.LONG).until(() -> !capture.log("other")
                    .isEmpty());

            locking.rollback();

            assertThat(capture.end("r1", "stock").rows()).isEqualTo(ROWS);
        }
    }

    @Test
    void aStopEndsAReadThatWaitsForALock() throws SQLException {
        try (Capture capture = Capture.start(database);
                Connection locking = locked()) {
            capture.snapshot("r1", "stock");
            Awaitility.await().atMost(Capture.LONG).until(this::aReaderWaits);

            capture.want(Capture.run("r1", Intent.STOP, Optional.empty(), "stock"));

            assertThat(capture.end("r1", "stock").state()).isEqualTo(TopicState.CANCELLED);
            Awaitility.await().atMost(Capture.LONG).until(() -> !aReaderWaits());
            locking.rollback();
            capture.awaitStreamed();
            assertThat(capture.log("stock")).isEmpty();
        }
    }

    @Test
    void aStopEndsAQueryThatRunsForHours() {
        try (Capture capture = Capture.start(database)) {
            capture.want(filtered(Intent.RUN, "pg_sleep(3600) IS NOT NULL"));
            Awaitility.await().atMost(Capture.LONG).until(this::aReaderSleeps);

            capture.want(filtered(Intent.STOP, "pg_sleep(3600) IS NOT NULL"));

            assertThat(capture.end("r1", "stock").state()).isEqualTo(TopicState.CANCELLED);
            Awaitility.await().atMost(Capture.LONG).until(() -> !aReaderSleeps());
        }
    }

    @Test
    void aTableThatKeepsFailingFailsWithTheWordsOfTheDatabase() {
        try (Capture capture = Capture.start(database)) {
            capture.want(filtered(Intent.RUN, "1 / (id - 1500) IS NOT NULL"));

            TopicProgress end = capture.end("r1", "stock");

            assertThat(end.state()).isEqualTo(TopicState.FAILED);
            assertThat(end.error().orElseThrow()).contains("division by zero");
            assertThat(end.rows()).isLessThan(ROWS);
            database.execute("UPDATE stock SET v = nextval('stock_v') WHERE id = 1500");
            capture.awaitStreamed();
            assertThat(capture.log("stock")).as("the stream goes on").anySatisfy(entry -> assertThat(entry.key())
                    .hasToString("Struct{id=1500}"));
        }
    }

    private static DesiredRun filtered(Intent intent, String filter) {
        TableName table = new TableName("public", "stock");
        DesiredTopic topic =
                new DesiredTopic(Capture.topicOf("stock"), table, Intent.RUN, Optional.of(filter), Optional.empty());
        return new DesiredRun("r1", intent, List.of(topic), Optional.empty(), RunTerms.UNLIMITED);
    }

    /** Returns a connection that holds the table back from everybody until it rolls back. */
    private Connection locked() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE stock IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    private boolean aReaderWaits() {
        return aReaderIsAt("wait_event_type = 'Lock'");
    }

    private boolean aReaderSleeps() {
        return aReaderIsAt("wait_event = 'PgSleep'");
    }

    private boolean aReaderIsAt(String what) {
        return !database.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'Millrace snapshot%' AND " + what)
                .isEmpty();
    }
}
