package io.millrace.connect.sinks.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowShapeTest {
    private static Schema named(SchemaBuilder builder, String name) {
        return builder.name(name).optional().build();
    }

    static Stream<Arguments> values() {
        Schema variable = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        byte[] unscaled = new BigInteger("123456789012345678901234567890").toByteArray();
        return Stream.of(
                Arguments.of(Schema.BOOLEAN_SCHEMA, true, Plain.BOOLEAN, true),
                Arguments.of(Schema.INT8_SCHEMA, (byte) -3, Plain.INT16, (short) -3),
                Arguments.of(
                        SchemaBuilder.int64()
                                .parameter("__debezium.source.column.type", "BIGINT UNSIGNED")
                                .build(),
                        -1L,
                        new ColumnType.Decimal(20, 0),
                        new BigDecimal("18446744073709551615")),
                Arguments.of(Schema.FLOAT64_SCHEMA, Double.NaN, Plain.FLOAT64, Double.NaN),
                Arguments.of(
                        Decimal.builder(2)
                                .parameter("connect.decimal.precision", "10")
                                .build(),
                        new BigDecimal("-1.50"),
                        new ColumnType.Decimal(10, 2),
                        new BigDecimal("-1.50")),
                Arguments.of(Decimal.schema(3), new BigDecimal("1.500"), Plain.NUMBER, new BigDecimal("1.500")),
                Arguments.of(
                        variable,
                        new Struct(variable).put("scale", 5).put("value", unscaled),
                        Plain.NUMBER,
                        new BigDecimal("1234567890123456789012345.67890")),
                Arguments.of(
                        named(SchemaBuilder.int32(), "io.debezium.time.Date"),
                        -1,
                        Plain.DATE,
                        LocalDate.of(1969, 12, 31)),
                Arguments.of(
                        named(SchemaBuilder.int32(), "io.debezium.time.Date"),
                        (int) LocalDate.parse("+5877611-06-21").toEpochDay(),
                        Plain.DATE,
                        Infinite.FUTURE),
                Arguments.of(
                        named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
                        -1L,
                        Plain.TIMESTAMP,
                        LocalDateTime.parse("1969-12-31T23:59:59.999999")),
                Arguments.of(
                        named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
                        -9_223_372_036_832_400_000L,
                        Plain.TIMESTAMP,
                        Infinite.PAST),
                Arguments.of(
                        named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                        "2024-01-01T01:00:00.5+02:00",
                        Plain.TIMESTAMP_ZONED,
                        OffsetDateTime.parse("2023-12-31T23:00:00.5Z")),
                Arguments.of(
                        named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                        "-infinity",
                        Plain.TIMESTAMP_ZONED,
                        Infinite.PAST),
                Arguments.of(
                        named(SchemaBuilder.int64(), "io.debezium.time.MicroTime"),
                        86_400_000_000L,
                        Plain.TIME,
                        Duration.ofDays(1)),
                Arguments.of(
                        named(SchemaBuilder.string(), "io.debezium.time.ZonedTime"),
                        "07:05:00Z",
                        Plain.TIME_ZONED,
                        OffsetTime.parse("07:05:00Z")),
                Arguments.of(
                        named(SchemaBuilder.bytes().parameter("length", "12"), "io.debezium.data.Bits"),
                        ByteBuffer.wrap(new byte[] {(byte) 0b1000_0001, 0b0000_0010}),
                        new ColumnType.Bits(12),
                        "001010000001"),
                Arguments.of(named(SchemaBuilder.string(), "io.debezium.data.Json"), "{}", Plain.JSON, "{}"),
                Arguments.of(
                        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build(),
                        Arrays.asList("a", null),
                        new ColumnType.Array(Plain.TEXT),
                        Arrays.asList("a", null)),
                Arguments.of(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                                .build(),
                        Map.of("k", "v\"w"),
                        Plain.JSON,
                        "{\"k\":\"v\\\"w\"}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsValuesByTheirSchema(Schema schema, Object value, ColumnType type, Object read) {
        Schema rows = SchemaBuilder.struct().field("c", schema).build();
        RowShape shape = new RowShape.Cache().of(rows);

        assertThat(shape.columns()).containsExactly(new Column("c", type, schema.isOptional()));
        assertThat(shape.values(new Struct(rows).put("c", value))).containsExactly(read);
    }

    @Test
    void writesRowsAsJson() {
        Schema rows = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("price", Decimal.builder(2).optional().build())
                .field("nan", Schema.FLOAT32_SCHEMA)
                .field("doc", named(SchemaBuilder.string(), "io.debezium.data.Json"))
                .field("raw", Schema.BYTES_SCHEMA)
                .field("at", named(SchemaBuilder.int64(), "io.debezium.time.MicroTime"))
                .field("list", SchemaBuilder.array(Schema.INT32_SCHEMA).build())
                .field("none", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Struct row = new Struct(rows)
                .put("id", Long.MAX_VALUE)
                .put("price", new BigDecimal("1E+3").setScale(2))
                .put("nan", Float.NaN)
                .put("doc", "{\"a\": [1]}")
                .put("raw", "é".getBytes(StandardCharsets.UTF_8))
                .put("at", 1_000_001L)
                .put("list", List.of(1, 2));

        assertThat(JsonText.of(new RowShape.Cache().of(rows), row))
                .isEqualTo("{\"id\":9223372036854775807,\"price\":1000.00,\"nan\":\"NaN\",\"doc\":{\"a\": [1]},"
                        + "\"raw\":\"w6k=\",\"at\":\"00:00:01.000001\",\"list\":[1,2],\"none\":null}");
    }
}
