package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.Intent;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to a table during its snapshot. */
class ChangingTableTest {
    private static final int ROWS = 50_000;

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @Test
    void aTableThatIsDroppedFailsWithItsNameAndTheOthersGoOn() {
        create("gone", "kept");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "gone", "kept");

            database.execute("DROP TABLE gone");

            TopicProgress end = capture.end("r1", "gone");
            assertThat(end.state()).isEqualTo(TopicState.FAILED);
            assertThat(end.error().orElseThrow()).contains(database.name() + ".gone does not exist");
            assertThat(capture.end("r1", "kept").rows()).isEqualTo(ROWS);
        }
    }

    @Test
    void aTableThatIsRenamedFailsUnderItsOldName() {
        create("old");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "old");

            database.execute("RENAME TABLE old TO young");

            assertThat(capture.end("r1", "old").error().orElseThrow()).contains(".old does not exist");
        }
    }

    @Test
    void aTableThatIsTruncatedComesToItsEndEmpty() {
        create("emptied");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "emptied");

            database.execute("TRUNCATE emptied");
            TopicProgress end = capture.end("r1", "emptied");
            capture.awaitStreamed();

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            List<String> operations = capture.operations("emptied");
            assertThat(operations.get(operations.size() - 1))
                    .as("nothing is read behind the truncation")
                    .isEqualTo("t");
        }
    }

    @Test
    void columnsThatComeAndGoAreFollowed() {
        create("altered");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "altered");

            database.execute("ALTER TABLE altered ADD COLUMN added boolean NOT NULL DEFAULT 1 FIRST, DROP COLUMN pad,"
                    + " MODIFY v varchar(30)");

            TopicProgress end = capture.end("r1", "altered");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows()).isEqualTo(ROWS);
            Struct newest = newestRow(capture, "altered");
            assertThat(newest.getBoolean("added")).isTrue();
            assertThat(newest.getString("v")).isEqualTo("1");
            assertThat(newest.schema().field("pad")).isNull();
        }
    }

    @Test
    void aColumnHasItsTypeInTheStreamAlsoWhenItComesDuringTheSnapshot() {
        create("altered");
        try (Capture capture = Capture.start(database)) {
            database.execute("ALTER TABLE altered ADD COLUMN added json");
            capture.awaitStreamed();
            capture.snapshot("r1", "altered");

            assertThat(capture.end("r1", "altered").state()).isEqualTo(TopicState.COMPLETED);
            database.execute("UPDATE altered SET added = '{}' WHERE id = 1");
            capture.awaitStreamed();
            List<Schema> schemas = capture.log("altered").stream()
                    .map(SourceRecord::valueSchema)
                    .toList();
            assertThat(SchemaLines.of(schemas.get(0))).isEqualTo(SchemaLines.of(schemas.get(ROWS)));
            assertThat(capture.operations("altered").get(ROWS)).isEqualTo("u");
        }
    }

    @Test
    void anotherKeyEndsTheRunOfTheTable() {
        create("rekeyed");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "rekeyed");

            database.execute("ALTER TABLE rekeyed DROP PRIMARY KEY, ADD PRIMARY KEY (v, id)");

            TopicProgress end = capture.end("r1", "rekeyed");
            assertThat(end.state()).isEqualTo(TopicState.FAILED);
            assertThat(end.error().orElseThrow()).contains("The key of table " + database.name() + ".rekeyed changed");
        }
    }

    @Test
    void aDeleteOfARowWithoutAKeyMakesTheChunkBeReadAgain() {
        database.execute(
                "CREATE TABLE keyless (n int, v int, KEY (n))",
                "INSERT INTO keyless SELECT seq, 1 FROM seq_1_to_20000");
        try (Capture capture = Capture.start(database)) {
            capture.pauseBetweenPolls(Duration.ofMillis(20));
            capture.want(capture.run("r1", Intent.RUN, Optional.of("n"), "keyless"));
            Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest("keyless")
                    .filter(progress -> progress.rows() > 0)
                    .isPresent());
            for (int i = 0; i < 20; i++) {
                database.execute("DELETE FROM keyless WHERE n % 20 = " + i + " AND n > 10000");
            }
            capture.pauseBetweenPolls(Duration.ZERO);

            TopicProgress end = capture.end("r1", "keyless");

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            capture.awaitStreamed();
            assertThat(readsAfterTheirDelete(capture)).isEmpty();
        }
    }

    private static List<Integer> readsAfterTheirDelete(Capture capture) {
        Set<Integer> deleted = new HashSet<>();
        List<Integer> returned = new ArrayList<>();
        for (SourceRecord entry : capture.log("keyless")) {
            if (entry.value() instanceof Struct value) {
                if (value.getString("op").equals("d")) {
                    deleted.add(value.getStruct("before").getInt32("n"));
                } else if (deleted.contains(value.getStruct("after").getInt32("n"))) {
                    returned.add(value.getStruct("after").getInt32("n"));
                }
            }
        }
        return returned;
    }

    /** So no part of a row ever takes the place of a row. */
    @Test
    void aSessionThatLogsPartsOfRowsFailsTheStream() throws SQLException {
        create("partial");
        Capture capture = Capture.start(database);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET binlog_row_image = 'MINIMAL'");
            statement.execute("UPDATE partial SET v = 2 WHERE id = 1");
        }

        assertThat(capture.failed())
                .hasRootCauseMessage("Error processing row in partial, internal schema size 3, but row"
                        + " size 1 , restart connector with schema recovery mode.");
        assertThat(capture.log("partial")).isEmpty();
        capture.close();
    }

    @Test
    void aHundredTablesGoThroughInOneRun() {
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tables.add("t" + i);
            database.execute(
                    "CREATE TABLE t" + i + " (id int PRIMARY KEY)",
                    "INSERT INTO t" + i + " SELECT seq FROM seq_1_to_25");
        }
        try (Capture capture = Capture.start(database, Map.of("millrace.snapshot.parallelism", "4"))) {
            capture.snapshot("r1", tables.toArray(String[]::new));

            for (String table : tables) {
                TopicProgress end = capture.end("r1", table);
                assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
                assertThat(capture.log(table)).hasSize(25);
            }
        }
    }

    private static Struct newestRow(Capture capture, String table) {
        List<SourceRecord> rows = capture.log(table);
        return ((Struct) rows.get(rows.size() - 1).value()).getStruct("after");
    }

    private void create(String... tables) {
        for (String table : tables) {
            database.execute(
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad text)",
                    "INSERT INTO " + table + " SELECT seq, 1, repeat('x', 40) FROM seq_1_to_" + ROWS);
        }
    }

    private static void halfway(Capture capture, String... tables) {
        capture.snapshot("r1", tables);
        Awaitility.await()
                .atMost(Capture.LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> capture.newest(tables[0])
                        .filter(progress -> progress.rows() > 1000)
                        .isPresent());
    }
}
