package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that was read, in {@linkplain EveryType every type}: key, value, and both schemas. The exceptions have names. */
class TypesTest {
    /** What says where a record is from, not what it holds. */
    private static final Set<String> POSITION =
            Set.of("ts_ms", "ts_us", "ts_ns", "snapshot", "server_id", "gtid", "file", "pos", "row", "thread", "query");

    /** Where Debezium's snapshot is not like its own stream, and we are like the stream; and why. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "float",
            "it has six digits of it",
            "datetime(6)",
            "it counts in the Julian calendar before 1582",
            "timestamp null",
            "it has null where the stream has the second 0",
            "timestamp(6) null",
            "it leaves zeros at the end away",
            EveryType.ENUM,
            "the stream has a backslash before a comma");

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @BeforeEach
    void createTable() {
        EveryType.create(database);
    }

    @Test
    void looksLikeTheRowThatWasStreamed() {
        try (Capture capture = Capture.start(database)) {
            EveryType.insert(database);
            capture.awaitStreamed();
            takeSnapshot(capture);

            assertThat(differences(byKey(capture, "r"), byKey(capture, "c"))).isEmpty();
        }
    }

    /** The stream knows the table by its own words, {@code boolean} and {@code json}, not by those of the server. */
    @Test
    void looksLikeTheRowThatWasStreamedWhenTheStreamHasSeenTheTableMade() {
        try (Capture capture = Capture.start(database)) {
            database.execute("DROP TABLE " + EveryType.TABLE);
            EveryType.create(database);
            EveryType.insert(database);
            capture.awaitStreamed();
            takeSnapshot(capture);

            assertThat(differences(byKey(capture, "r"), byKey(capture, "c"))).isEmpty();
        }
    }

    @Test
    void looksLikeTheRowInDebeziumsOwnSnapshot() {
        EveryType.insert(database);
        String year = EveryType.column("year");
        database.execute(
                "UPDATE " + EveryType.TABLE + " SET " + year + " = NULL WHERE " + year + " = 0"); // its driver fails
        Map<Object, SourceRecord> stock = new StockTask(database)
                .initialSnapshot(EveryType.TABLE, EveryType.rows()).stream()
                        .collect(Collectors.toMap(SourceRecord::key, entry -> entry));
        try (Capture capture = Capture.start(database)) {
            takeSnapshot(capture);

            assertThat(differences(byKey(capture, "r"), stock))
                    .extracting(difference -> difference.substring(0, difference.indexOf(": ")))
                    .hasSameElementsAs(OTHERWISE.keySet());
        }
    }

    private static void takeSnapshot(Capture capture) {
        capture.snapshot("r1", EveryType.TABLE);
        assertThat(capture.end("r1", EveryType.TABLE))
                .satisfies(end -> assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED));
    }

    private static Map<Object, SourceRecord> byKey(Capture capture, String operation) {
        return capture.log(EveryType.TABLE).stream()
                .filter(entry -> entry.value() != null)
                .filter(entry -> ((Struct) entry.value()).getString("op").equals(operation))
                .collect(Collectors.toMap(SourceRecord::key, entry -> entry));
    }

    private static List<String> differences(Map<Object, SourceRecord> read, Map<Object, SourceRecord> expected) {
        assertThat(read).hasSize(EveryType.rows());
        assertThat(expected.keySet()).isEqualTo(read.keySet());
        List<String> differences = new ArrayList<>();
        read.forEach((key, row) -> {
            SourceRecord theirs = Objects.requireNonNull(expected.get(key));
            assertThat(row.topic()).isEqualTo(theirs.topic());
            assertThat(SchemaLines.of(row.keySchema())).isEqualTo(SchemaLines.of(theirs.keySchema()));
            assertThat(SchemaLines.of(row.valueSchema())).isEqualTo(SchemaLines.of(theirs.valueSchema()));
            Struct value = (Struct) row.value();
            Struct other = (Struct) theirs.value();
            assertThat(value.getString("op")).isEqualTo("r");
            assertThat(value.get("before")).isNull();
            differences.addAll(inRow(value.getStruct("after"), other.getStruct("after")));
            differences.addAll(inSource(value.getStruct("source"), other.getStruct("source")));
        });
        return differences;
    }

    private static List<String> inRow(Struct row, Struct expected) {
        List<String> differences = new ArrayList<>();
        for (Field field : row.schema().fields()) {
            Object our = row.getWithoutDefault(field.name());
            Object theirs = expected.getWithoutDefault(field.name());
            if (!Objects.deepEquals(our, theirs)) {
                differences.add(EveryType.type(field.name()) + ": " + our + ", expected " + theirs);
            }
        }
        return differences;
    }

    private static List<String> inSource(Struct source, Struct expected) {
        return expected.schema().fields().stream()
                .map(Field::name)
                .filter(name -> !POSITION.contains(name))
                .filter(name -> !Objects.equals(source.get(name), expected.get(name)))
                .map(name -> "source." + name + ": " + source.get(name) + ", expected " + expected.get(name))
                .toList();
    }
}
