package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.converters.MillraceConverter;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @Test
    void deliversEveryRowOfATableAndSaysSo() {
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, 10000) i");
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "item");

            TopicProgress end = capture.end("r1", "item");

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows()).isEqualTo(10_000);
            assertThat(end.lastKey().orElseThrow()).hasToString("{\"id\":10000}");
            assertThat(end.keyColumns()).containsExactly("id");
            assertThat(capture.log("item")).hasSize(10_000);
        }
    }

    @Test
    void encodedRowsCountAsTheyAreWritten() {
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, 3000) i");
        Map<String, String> json = new HashMap<>();
        for (String name : List.of("key.converter", "value.converter")) {
            json.put(name, MillraceConverter.class.getName());
            json.put(name + ".format", "json");
        }
        try (Capture capture = Capture.start(database, json)) {
            capture.snapshot("r1", "item");

            TopicProgress end = capture.end("r1", "item");

            List<SourceRecord> rows = capture.log("item");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(rows).hasSize(3000).allSatisfy(row -> assertThat(row.value())
                    .isInstanceOf(byte[].class));
            assertThat(end.bytes())
                    .isEqualTo(rows.stream()
                            .mapToLong(row -> ((byte[]) row.key()).length + ((byte[]) row.value()).length)
                            .sum());
        }
    }

    /** Somebody else's changes and heartbeats tell how far the stream is. */
    @Test
    void aRoleThatMayNotWriteIntoTheLogTakesSnapshotsToo() {
        String role = "reader_" + database.name();
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, 3000) i",
                "CREATE TABLE other (id bigserial PRIMARY KEY)",
                "CREATE PUBLICATION pub FOR ALL TABLES",
                "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'r' IN ROLE pg_read_all_data");
        for (List<String> function :
                database.query("SELECT oid::regprocedure FROM pg_proc WHERE proname = 'pg_logical_emit_message'")) {
            database.execute("REVOKE EXECUTE ON FUNCTION " + function.get(0) + " FROM PUBLIC");
        }
        Map<String, String> settings = Map.of(
                "database.user", role,
                "database.password", "r",
                "publication.autocreate.mode", "disabled",
                "heartbeat.interval.ms", "50");
        try (Capture capture = Capture.start(database, settings)) {
            capture.snapshot("r1", "item");
            Awaitility.await().atMost(Capture.LONG).until(() -> {
                database.execute("INSERT INTO other DEFAULT VALUES");
                return capture.newest("item")
                        .filter(progress -> progress.state().isFinal())
                        .isPresent();
            });

            assertThat(capture.end("r1", "item").state()).isEqualTo(TopicState.COMPLETED);
            assertThat(capture.log("item")).hasSize(3000);
        }
    }
}
