package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A row that was read looks like the same row streamed, in {@linkplain EveryType every type}: key, value, and both schemas.
 */
class TypesTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aRowThatIsReadLooksLikeTheRowThatWasStreamed(int major) {
        PostgresDatabase database = PostgresServer.shared(major).createDatabase();
        EveryType.create(database);
        try (Capture capture = Capture.start(database)) {
            EveryType.insert(database);
            capture.awaitStreamed();
            capture.snapshot("r1", EveryType.TABLE);
            assertThat(capture.end("r1", EveryType.TABLE))
                    .satisfies(end -> assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED));

            Map<Object, SourceRecord> streamed = byKey(capture, EveryType.TABLE, "c");
            Map<Object, SourceRecord> read = byKey(capture, EveryType.TABLE, "r");
            assertThat(read).hasSize(EveryType.rows() + 1).hasSameSizeAs(streamed);
            read.forEach((key, row) -> assertSameRow(row, streamed.get(key)));
        }
    }

    static void assertSameRow(SourceRecord read, SourceRecord streamed) {
        assertThat(read.key()).isEqualTo(streamed.key());
        Struct value = (Struct) read.value();
        Struct expected = (Struct) streamed.value();
        assertThat(SchemaLines.of(read.keySchema())).isEqualTo(SchemaLines.of(streamed.keySchema()));
        assertThat(SchemaLines.of(read.valueSchema())).isEqualTo(SchemaLines.of(streamed.valueSchema()));
        for (Field field : expected.getStruct("after").schema().fields()) {
            assertThat(value.getStruct("after").get(field.name()))
                    .as(field.name())
                    .isEqualTo(expected.getStruct("after").get(field));
        }
        assertThat(value.getStruct("source").getString("snapshot")).isEqualTo("incremental");
        for (String field : List.of("version", "connector", "name", "db", "schema", "table")) {
            assertThat(value.getStruct("source").get(field))
                    .isEqualTo(expected.getStruct("source").get(field));
        }
        assertThat(value.get("before")).isNull();
    }

    static Map<Object, SourceRecord> byKey(Capture capture, String table, String operation) {
        return capture.log(table).stream()
                .filter(entry -> ((Struct) entry.value()).getString("op").equals(operation))
                .collect(Collectors.toMap(SourceRecord::key, entry -> entry));
    }
}
