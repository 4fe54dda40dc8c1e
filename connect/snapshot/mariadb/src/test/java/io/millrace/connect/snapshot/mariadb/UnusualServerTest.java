package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicState;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server whose defaults are not what a reader expects, and that goes away. */
class UnusualServerTest {
    private static MariaDbServer server;

    private final MariaDbDatabase database = server.createDatabase();

    @BeforeAll
    static void start() {
        server = MariaDbServer.start(
                FreePorts.next(),
                Map.ofEntries(
                        Map.entry(
                                "sql-mode", "ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT"),
                        Map.entry("default-time-zone", "+05:30"),
                        Map.entry("transaction-isolation", "READ-UNCOMMITTED"),
                        Map.entry("character-set-server", "latin1"),
                        Map.entry("collation-server", "latin1_german2_ci"),
                        Map.entry("innodb-flush-log-at-trx-commit", "1"),
                        Map.entry("sync-binlog", "1")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void itsDefaultsChangeNothingInRows() {
        database.execute(
                "CREATE TABLE \"odd\" (\"k\" char(5) PRIMARY KEY, \"at\" timestamp(3) NOT NULL, \"t\" text)",
                "CREATE TABLE \"copy\" LIKE \"odd\"",
                "INSERT INTO \"odd\" SELECT 'k' || seq, from_unixtime(1000000000 + seq), 'back\\slash \u00fc' || seq"
                        + " FROM seq_1_to_2000");
        try (Capture capture = Capture.start(database)) {
            database.execute("INSERT INTO \"copy\" SELECT * FROM \"odd\"");
            capture.awaitStreamed();
            capture.snapshot("r1", "odd", "copy");

            assertThat(capture.end("r1", "odd").rows()).isEqualTo(2000);
            assertThat(capture.end("r1", "copy").rows()).isEqualTo(2000);
            assertThat(rows(capture, "odd", "r")).isEqualTo(rows(capture, "copy", "r"));
            assertThat(rows(capture, "copy", "r")).containsExactlyInAnyOrderElementsOf(rows(capture, "copy", "c"));
        }
    }

    private static List<String> rows(Capture capture, String table, String operation) {
        return capture.log(table).stream()
                .map(entry -> (Struct) entry.value())
                .filter(value -> value.getString("op").equals(operation))
                .map(value -> value.getStruct("after").toString())
                .toList();
    }

    @Test
    void aServerThatIsKilledFailsTheTaskAndTheSnapshotGoesOnAfterwards() {
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, pad text)",
                "INSERT INTO item SELECT seq, repeat('x', 40) FROM seq_1_to_50000");
        Capture capture = Capture.start(database);
        capture.snapshot("r1", "item");
        Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest("item")
                .filter(progress -> progress.rows() > 1000)
                .isPresent());

        server.kill();
        assertThat(capture.failed()).isNotNull();
        server.restart();
        capture.crash();

        assertThat(capture.end("r1", "item"))
                .satisfies(end -> assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED));
        assertThat(capture.log("item")).as("each row once").hasSize(50_000);
        capture.close();
    }
}
