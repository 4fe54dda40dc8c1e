package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What all transformations of rows have in common: they see rows only, and their own table's only. */
class WithoutRowsTest {
    static Stream<Arguments> ofEveryKind() {
        return Stream.of(
                Arguments.of(new AddStringSuffix<SinkRecord>(), Map.of("fields.include.list", "sold.total")),
                Arguments.of(
                        new ConvertFields<SinkRecord>(), Map.of("to", "int64", "fields.include.list", "sold.total")),
                Arguments.of(new CopyField<SinkRecord>(), Map.of("copy.field.mapping", "sold.total:sum")),
                Arguments.of(new DropFields<SinkRecord>(), Map.of("fields.include.list", "sold.total")),
                Arguments.of(new HeaderToField<SinkRecord>(), Map.of("header.mappings", "trace:STRING")),
                Arguments.of(new InsertField<SinkRecord>(), Map.of("offset.field", "o")),
                Arguments.of(new MarkColumnsAsOptional<SinkRecord>(), Map.of("fields.include.list", "sold.id")),
                Arguments.of(new MarkColumnsAsRequired<SinkRecord>(), Map.of("null.sentinel.mode", "TYPE_MIN")),
                Arguments.of(new RenameFields<SinkRecord>(), Map.of("renames", "{\"sold.total\": \"sum\"}")),
                Arguments.of(
                        new StringReplace<SinkRecord>(),
                        Map.of("fields.include.list", "sold.total", "regex.patterns", "1", "replacement.values", "x")));
    }

    static Stream<Arguments> ofListedColumns() {
        return ofEveryKind().filter(kind -> ((Map<?, ?>) kind.get()[1])
                .values().stream().anyMatch(option -> option.toString().contains("sold.")));
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    void leaveTombstonesAndTruncationsAsTheyAre(
            Transformation<SinkRecord> transformation, Map<String, String> options) {
        transformation.configure(options);
        SinkRecord tombstone = Sold.tombstone();
        SinkRecord truncation = Sold.truncation();

        assertThat(transformation.apply(tombstone)).isSameAs(tombstone);
        assertThat(transformation.apply(truncation)).isSameAs(truncation);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    void changeARowOfTheirTableAndKeepWhatSurroundsIt(
            Transformation<SinkRecord> transformation, Map<String, String> options) {
        transformation.configure(options);
        SinkRecord record = Sold.record(Sold.row(7, "12", "n"));
        record.headers().addString("trace", "abc");

        SinkRecord changed = transformation.apply(record);

        assertThat(changed.value()).isNotEqualTo(record.value());
        assertThat(changed.key()).isEqualTo(record.key());
        assertThat(changed.topic()).isEqualTo(Sold.TOPIC);
        assertThat(changed.kafkaOffset()).isEqualTo(42);
        assertThat(changed.timestamp()).isEqualTo(5);
        assertThat(changed.headers().lastWithName("trace").value()).isEqualTo("abc");
    }

    @ParameterizedTest
    @MethodSource("ofListedColumns")
    void leaveRowsOfOtherTablesAsTheyAre(Transformation<SinkRecord> transformation, Map<String, String> options) {
        transformation.configure(options);
        SinkRecord record =
                Sold.record("source_66b0f1c9a1b2c3d4e5f60000.public.bought", Sold.ROW, Sold.row(7, "12", "n"));

        assertThat(transformation.apply(record)).isSameAs(record);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    void haveOneSchemaObjectForOneSchema(Transformation<SinkRecord> transformation, Map<String, String> options) {
        transformation.configure(options);

        assertThat(transformation.apply(Sold.record(Sold.row(7, "12", "n"))).valueSchema())
                .isSameAs(transformation
                        .apply(Sold.record(Sold.row(8, "13", "m")))
                        .valueSchema());
    }
}
