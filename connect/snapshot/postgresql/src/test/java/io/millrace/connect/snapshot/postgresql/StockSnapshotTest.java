package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A row that the engine reads looks like the same row in the snapshots that Debezium takes itself, in
 * {@linkplain EveryType every type}: key, value, and both schemas. The exceptions have names.
 */
class StockSnapshotTest {
    /** Differ between any two reads. */
    private static final Set<String> TIMES = Set.of("ts_ms", "ts_us", "ts_ns");

    /** Where the stream stood when the row was read: it says nothing of the row, and we leave it out. */
    private static final Set<String> STREAM = Set.of("sequence");

    /** An initial snapshot is at one position of the log and says so; a row that is read beside the stream is at none. */
    private static final Set<String> POSITION = Set.of("sequence", "snapshot", "lsn", "txId");

    /** First day of the Gregorian calendar, in days since 1970. */
    private static final int GREGORIAN = -141_427;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aRowLooksAsInDebeziumsIncrementalSnapshot(int major) {
        PostgresDatabase database = filled(major);
        // Debezium gives the table up over a generated column.
        database.execute("ALTER TABLE " + EveryType.TABLE + " DROP COLUMN " + EveryType.GENERATED);
        List<SourceRecord> stock = new StockTask(database).incrementalSnapshot(EveryType.TABLE, EveryType.rows() + 1);

        assertThat(differences(ours(database), stock, STREAM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aRowLooksAsInDebeziumsInitialSnapshot(int major) {
        PostgresDatabase database = filled(major);
        List<SourceRecord> stock = new StockTask(database).initialSnapshot(EveryType.TABLE, EveryType.rows() + 1);

        assertThat(differences(ours(database), stock, POSITION)).isEmpty();
    }

    private static PostgresDatabase filled(int major) {
        PostgresDatabase database = PostgresServer.shared(major).createDatabase();
        EveryType.create(database);
        EveryType.insert(database);
        return database;
    }

    private static Map<Object, SourceRecord> ours(PostgresDatabase database) {
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", EveryType.TABLE);
            assertThat(capture.end("r1", EveryType.TABLE))
                    .satisfies(end -> assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED));
            return capture.log(EveryType.TABLE).stream().collect(Collectors.toMap(SourceRecord::key, entry -> entry));
        }
    }

    private static List<String> differences(
            Map<Object, SourceRecord> ours, List<SourceRecord> stock, Set<String> exceptInSource) {
        assertThat(stock).extracting(SourceRecord::key).containsExactlyInAnyOrderElementsOf(ours.keySet());
        List<String> differences = new ArrayList<>();
        for (SourceRecord theirs : stock) {
            SourceRecord our = Objects.requireNonNull(ours.get(theirs.key()));
            Struct value = (Struct) our.value();
            Struct expected = (Struct) theirs.value();
            assertThat(our.topic()).isEqualTo(theirs.topic());
            assertThat(SchemaLines.of(our.keySchema())).isEqualTo(SchemaLines.of(theirs.keySchema()));
            assertThat(SchemaLines.of(our.valueSchema()))
                    .isEqualTo(withoutGenerated(SchemaLines.of(theirs.valueSchema())));
            assertThat(value.getString("op")).isEqualTo(expected.getString("op"));
            assertThat(value.get("before")).isEqualTo(expected.get("before"));
            assertThat(value.get("transaction")).isEqualTo(expected.get("transaction"));
            differences.addAll(inRow(value.getStruct("after"), expected.getStruct("after")));
            differences.addAll(inSource(value.getStruct("source"), expected.getStruct("source"), exceptInSource));
        }
        return differences;
    }

    private static List<String> withoutGenerated(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains("/" + EveryType.GENERATED + " "))
                .toList();
    }

    private static List<String> inRow(Struct row, Struct expected) {
        List<String> differences = new ArrayList<>();
        for (Field field : row.schema().fields()) {
            Object our = row.get(field);
            Object theirs = expected.get(field.name());
            if (!Objects.deepEquals(our, theirs) && !isDateThatDebeziumMistakes(field, our)) {
                differences.add(EveryType.type(field.name()) + ": " + our + ", and Debezium has " + theirs);
            }
        }
        return differences;
    }

    /**
     * Debezium's snapshots take dates through {@code java.sql.Date}, which counts in the Julian calendar before 1582 and
     * knows no infinity: they are years or thousands of years off. Its stream has them right, and so have we.
     */
    private static boolean isDateThatDebeziumMistakes(Field field, Object days) {
        return EveryType.type(field.name()).equals("date")
                && ((Integer) days < GREGORIAN || (Integer) days > 2_000_000_000);
    }

    private static List<String> inSource(Struct source, Struct expected, Set<String> except) {
        return expected.schema().fields().stream()
                .map(Field::name)
                .filter(name -> !TIMES.contains(name) && !except.contains(name))
                .filter(name -> !Objects.equals(source.get(name), expected.get(name)))
                .map(name -> "source." + name + ": " + source.get(name) + ", and Debezium has " + expected.get(name))
                .toList();
    }
}
