package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.converters.MillraceConverter;
import io.millrace.control.MarkerKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @Test
    void deliversEveryRowOfATableAndSaysSo() {
        createItems();
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "item");

            TopicProgress end = capture.end("r1", "item");

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows()).isEqualTo(10_000);
            assertThat(end.lastKey().orElseThrow()).hasToString("{\"id\":10000}");
            assertThat(end.keyColumns()).containsExactly("id");
            assertThat(end.marker()).hasValue(MarkerKind.POSITION);
            assertThat(capture.log("item")).hasSize(10_000);
        }
    }

    private void createItems() {
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT seq, concat('item ', seq) FROM seq_1_to_10000");
    }

    @Test
    void encodedRowsCountAsTheyAreWritten() {
        createItems();
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
            assertThat(rows).hasSize(10_000).allSatisfy(row -> assertThat(row.value())
                    .isInstanceOf(byte[].class));
            assertThat(end.bytes())
                    .isEqualTo(rows.stream()
                            .mapToLong(row -> ((byte[]) row.key()).length + ((byte[]) row.value()).length)
                            .sum());
        }
    }

    /** Debezium hands on nothing when a table is altered that is not captured, so no record tells of that place. */
    @Test
    void aStatementAtTheEndOfTheLogHoldsUpNothing() {
        createItems();
        try (Capture capture = Capture.start(database)) {
            new MariaDbDatabase(database.server(), "mysql")
                    .execute("CREATE DATABASE other_" + database.name(), "FLUSH BINARY LOGS");
            database.execute("CREATE USER u_" + database.name(), "CREATE TABLE another (id int)");

            capture.snapshot("r1", "item");

            assertThat(capture.end("r1", "item").rows()).isEqualTo(10_000);
        }
    }

    @Test
    void aServerOnWhichNothingIsWrittenHoldsUpNothing() {
        createItems();
        try (Capture capture = Capture.startUnseen(database)) {
            capture.snapshot("r1", "item");

            assertThat(capture.end("r1", "item").rows()).isEqualTo(10_000);
        }
    }
}
