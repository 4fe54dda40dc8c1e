package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.snapshot.StreamEvent;
import io.millrace.control.TableName;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records that Debezium really makes mean for the windows. */
class StreamedRecordsTest {
    private static final TableName TABLE = new TableName("public", "item");

    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "bytea", "jsonb", "text[]", "bytea[]", "int[]", "bigint[]", "uuid[]", "date[]", "hstore"
            })
    void anUpdateThatLeavesALargeValueAsItWasIsNotTheWholeRow(String type) {
        create(type);
        try (Capture capture = Capture.start(database, Map.of("hstore.handling.mode", "map"))) {
            List<StreamEvent.RowChange> changes = changes(capture);

            assertThat(changes).extracting(StreamEvent.RowChange::whole).containsExactly(true, false, true, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary.handling.mode=hex bytea", "hstore.handling.mode=json hstore"})
    void thePlaceholderHasTheFormOfTheColumn(String settingAndType) {
        String[] parts = settingAndType.split("[= ]", -1);
        create(parts[2]);
        try (Capture capture = Capture.start(database, Map.of(parts[0], parts[1]))) {
            List<StreamEvent.RowChange> changes = changes(capture);

            assertThat(changes).extracting(StreamEvent.RowChange::whole).containsExactly(true, false, true, true);
            assertThat(changes).extracting(StreamEvent.RowChange::insert).containsExactly(true, false, false, false);
            assertThat(changes).allSatisfy(change -> {
                assertThat(change.table()).isEqualTo(TABLE);
                assertThat(change.identifying().getInt32("id")).isEqualTo(1);
                assertThat(change.transaction()).isPresent();
            });
        }
    }

    private void create(String type) {
        database.execute(
                "CREATE EXTENSION hstore",
                "CREATE TABLE item (id int PRIMARY KEY, n int, large " + type + ")",
                "ALTER TABLE item ALTER large SET STORAGE EXTERNAL");
    }

    /** Inserts, updates another column, updates the large one, deletes. */
    private List<StreamEvent.RowChange> changes(Capture capture) {
        String type = database.query("SELECT format_type(atttypid, -1) FROM pg_attribute"
                        + " WHERE attrelid = 'item'::regclass AND attname = 'large'")
                .get(0)
                .get(0);
        database.execute(
                "INSERT INTO item VALUES (1, 1, " + large(type, 1) + ")",
                "UPDATE item SET n = 2",
                "UPDATE item SET n = 3, large = " + large(type, 2),
                "DELETE FROM item");
        capture.awaitStreamed();
        StreamedRecords records = new StreamedRecords("__debezium_unavailable_value".getBytes(StandardCharsets.UTF_8));
        List<SourceRecord> log = capture.log("item");
        return log.stream()
                .map(records::classify)
                .filter(StreamEvent.RowChange.class::isInstance)
                .map(StreamEvent.RowChange.class::cast)
                .toList();
    }

    private static String large(String type, int seed) {
        return switch (type) {
            case "text" -> "repeat('" + seed + "', 9000)";
            case "bytea" -> "repeat('" + seed + "', 9000)::bytea";
            case "jsonb" -> "to_jsonb(repeat('" + seed + "', 9000))";
            case "hstore" -> "hstore('k', repeat('" + seed + "', 9000))";
            case "bytea[]" -> "ARRAY[repeat('" + seed + "', 9000)::bytea]";
            case "text[]" -> "ARRAY[repeat('" + seed + "', 9000)]";
            case "uuid[]" -> "(SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 1000))";
            case "date[]" ->
                "(SELECT array_agg('2000-01-01'::date + i + " + seed + ") FROM generate_series(1, 3000) i)";
            default -> "(SELECT array_agg(i + " + seed + ") FROM generate_series(1, 3000) i)::" + type;
        };
    }
}
