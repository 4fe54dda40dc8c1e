package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns that may be null, or may not. */
class MarkColumnsTest {
    static Stream<Arguments> sentinels() {
        return Stream.of(
                Arguments.of(SchemaBuilder.int8(), Byte.MIN_VALUE),
                Arguments.of(SchemaBuilder.int16(), Short.MIN_VALUE),
                Arguments.of(SchemaBuilder.int32(), Integer.MIN_VALUE),
                Arguments.of(SchemaBuilder.int64(), Long.MIN_VALUE),
                Arguments.of(SchemaBuilder.float32(), -Float.MAX_VALUE),
                Arguments.of(SchemaBuilder.float64(), -Double.MAX_VALUE),
                Arguments.of(SchemaBuilder.bool(), false),
                Arguments.of(SchemaBuilder.string(), "__null__"),
                Arguments.of(SchemaBuilder.string().name("io.debezium.data.Json"), "\"__null__\""),
                Arguments.of(
                        SchemaBuilder.string().name("io.debezium.data.Uuid"), "00000000-0000-0000-0000-000000000000"),
                Arguments.of(SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp"), "1970-01-01T00:00:00Z"),
                Arguments.of(SchemaBuilder.int32().name("io.debezium.time.Date"), 0),
                Arguments.of(SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp"), 0L),
                Arguments.of(Timestamp.builder(), Date.from(Instant.EPOCH)),
                Arguments.of(Decimal.builder(2).parameter("connect.decimal.precision", "5"), new BigDecimal("-999.99")),
                Arguments.of(SchemaBuilder.array(Schema.STRING_SCHEMA), List.of()),
                Arguments.of(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("sentinels")
    void writesTheSmallestValueOfATypeForANull(SchemaBuilder type, Object sentinel) {
        SinkRecord changed =
                required("TYPE_MIN").apply(Sold.with("c", type.optional().build(), null));

        assertThat(Sold.value(changed).get("c")).isEqualTo(sentinel);
        assertThat(changed.valueSchema().field("c").schema().isOptional()).isFalse();
        assertThat(changed.valueSchema().field("c").schema().name()).isEqualTo(type.name());
    }

    @Test
    void writesBytesThatSayNullForANull() {
        SinkRecord changed = required("TYPE_MIN").apply(Sold.with("c", Schema.OPTIONAL_BYTES_SCHEMA, null));

        assertThat((byte[]) Sold.value(changed).get("c")).isEqualTo("__null__".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsValuesAndTypes() {
        Struct row = Sold.row(7, "12", "n").put("region", "us");

        SinkRecord changed = required("NONE").apply(Sold.record(row));

        assertThat(changed.valueSchema().fields())
                .allMatch(field -> !field.schema().isOptional());
        assertThat(Sold.value(changed).getString("note")).isEqualTo("n");
        assertThat(changed.valueSchema().field("region").schema().defaultValue())
                .isEqualTo("eu");
    }

    @Test
    void refusesANullWhenNothingIsToBeWrittenForIt() {
        assertThatThrownBy(() -> required("NONE").apply(Sold.record(Sold.row(7, "12", null))))
                .isInstanceOf(DataException.class)
                .hasMessage("Column 'note' of " + Sold.ROW.name()
                        + " is null; a column that is marked as required must have a value");
    }

    @Test
    void refusesANullOfATypeThatHasNoSmallestValue() {
        Schema struct = SchemaBuilder.struct()
                .optional()
                .field("x", Schema.STRING_SCHEMA)
                .build();

        assertThatThrownBy(() -> required("TYPE_MIN").apply(Sold.with("c", struct, null)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void leavesARowThatHasNoOptionalColumnAsItIs() {
        SinkRecord record = Sold.with("c", Schema.STRING_SCHEMA, "x");

        assertThat(required("TYPE_MIN").apply(record)).isSameAs(record);
    }

    @Test
    void letsListedColumnsBeNull() {
        SinkRecord changed = optional("sold.id").apply(Sold.record(Sold.row(7, "12", null)));

        assertThat(changed.valueSchema().field("id").schema()).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
        assertThat(changed.keySchema()).isSameAs(Sold.KEY);
        assertThat(Sold.value(changed).getInt64("id")).isEqualTo(7);
        assertThat(Sold.value(changed).getWithoutDefault("region")).isNull();
    }

    @Test
    void letsAllColumnsBeNull() {
        Schema nested = SchemaBuilder.struct().field("x", Schema.STRING_SCHEMA).build();
        Schema row = SchemaBuilder.struct()
                .field("list", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .field(
                        "map",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                                .build())
                .field("nested", nested)
                .build();

        Schema changed = optional("*").apply(Sold.record(new Struct(row))).valueSchema();

        assertThat(changed.fields()).extracting(Field::schema).allMatch(Schema::isOptional);
        assertThat(changed.field("list").schema().valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(changed.field("map").schema().keySchema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(changed.field("nested").schema().fields()).isEqualTo(nested.fields());
    }

    private static Transformation<SinkRecord> required(String mode) {
        return Sold.configured(new MarkColumnsAsRequired<>(), "null.sentinel.mode", mode);
    }

    private static Transformation<SinkRecord> optional(String columns) {
        return Sold.configured(new MarkColumnsAsOptional<>(), "fields.include.list", columns);
    }
}
