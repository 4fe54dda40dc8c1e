package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertFieldsTest {
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema VARIABLE = SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .optional()
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    private static final Schema POINT = SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Point")
            .field("x", Schema.FLOAT64_SCHEMA)
            .build();
    private static final Schema TAGS = SchemaBuilder.array(TEXT).build();

    static Stream<Arguments> fitting() {
        return Stream.of(
                Arguments.of("int64", TEXT, " 12 ", 12L),
                Arguments.of("int64", TEXT, "12.00", 12L),
                Arguments.of("int64", Schema.INT16_SCHEMA, (short) 3, 3L),
                Arguments.of("int64", Schema.BOOLEAN_SCHEMA, true, 1L),
                Arguments.of("int64", Schema.FLOAT64_SCHEMA, 3.0, 3L),
                Arguments.of("int64", variable(VARIABLE, "-4.0").schema(), variable(VARIABLE, "-4.0"), -4L),
                Arguments.of("float64", TEXT, "1e3", 1000.0),
                Arguments.of("float64", TEXT, "NaN", Double.NaN),
                Arguments.of("float64", Schema.FLOAT32_SCHEMA, Float.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
                Arguments.of("float64", Schema.FLOAT32_SCHEMA, 0.1f, 0.1),
                Arguments.of("float64", Decimal.schema(2), new BigDecimal("1.25"), 1.25),
                Arguments.of("decimal", TEXT, "-1.5", new BigDecimal("-1.500000000000000000")),
                Arguments.of("decimal", TEXT, "0e99", new BigDecimal("0E-18")),
                Arguments.of("decimal", Schema.INT64_SCHEMA, 5L, new BigDecimal("5")),
                Arguments.of("decimal", VARIABLE, variable(VARIABLE, "1.2"), new BigDecimal("1.200000000000000000")),
                Arguments.of("string", Schema.INT64_SCHEMA, 5L, "5"),
                Arguments.of("string", Schema.BOOLEAN_SCHEMA, true, "true"),
                Arguments.of("string", Schema.FLOAT64_SCHEMA, 1e10, "10000000000"),
                Arguments.of("string", Schema.FLOAT64_SCHEMA, Double.NaN, "NaN"),
                Arguments.of("string", VARIABLE, variable(VARIABLE, "1e3"), "1000"),
                Arguments.of("string", Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {1, 2}), "AQI="),
                Arguments.of("string", named(Schema.Type.INT32, "io.debezium.time.Date"), 1, "1970-01-02"),
                Arguments.of(
                        "string", named(Schema.Type.INT64, "io.debezium.time.MicroTime"), 86_400_000_000L, "24:00:00"),
                Arguments.of(
                        "string",
                        named(Schema.Type.INT64, "io.debezium.time.MicroTime"),
                        -3_020_399_000_000L,
                        "-838:59:59"),
                Arguments.of(
                        "string",
                        named(Schema.Type.INT64, "io.debezium.time.MicroTimestamp"),
                        -1L,
                        "1969-12-31T23:59:59.999999"),
                Arguments.of("string", Timestamp.SCHEMA, Date.from(Instant.EPOCH), "1970-01-01T00:00"),
                Arguments.of("string", TAGS, List.of("a", "b"), "[\"a\",\"b\"]"),
                Arguments.of("json", TEXT, "{\"a\": 1}", "{\"a\": 1}"),
                Arguments.of("json", TAGS, List.of("a\"b"), "[\"a\\\"b\"]"),
                Arguments.of("json", Schema.FLOAT64_SCHEMA, Double.NaN, "\"NaN\""),
                Arguments.of("json", POINT, new Struct(POINT).put("x", 1.5), "{\"x\":1.5}"),
                Arguments.of(
                        "json",
                        SchemaBuilder.array(VARIABLE).build(),
                        List.of(variable(VARIABLE, "12345678901234567890.25")),
                        "[12345678901234567890.25]"),
                Arguments.of(
                        "json",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, JsonColumn.type(false, true))
                                .build(),
                        Map.of("k", "{\"a\": [1]}"),
                        "{\"k\":{\"a\": [1]}}"));
    }

    static Stream<Arguments> unfitting() {
        return Stream.of(
                Arguments.of("int64", TEXT, "twelve"),
                Arguments.of("int64", TEXT, "12.5"),
                Arguments.of("int64", TEXT, "9223372036854775808"),
                Arguments.of("int64", TEXT, "1e2147483647"),
                Arguments.of("int64", Schema.FLOAT64_SCHEMA, Double.NaN),
                Arguments.of("float64", TEXT, "1e400"),
                Arguments.of("float64", TEXT, ""),
                Arguments.of("decimal", TEXT, "1e-19"),
                Arguments.of("decimal", TEXT, "1e-2147483647"),
                Arguments.of("decimal", TEXT, "1e2147483647"),
                Arguments.of("decimal", TEXT, "123456789012345678901"),
                Arguments.of("decimal", Schema.FLOAT64_SCHEMA, Double.POSITIVE_INFINITY),
                Arguments.of("json", TEXT, "{"),
                Arguments.of("json", TEXT, "1 2"),
                Arguments.of("json", TEXT, ""));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void convertsWhatFits(String to, Schema type, Object value, Object expected) {
        SinkRecord changed = convert(to).apply(Sold.with("c", type, value));

        assertThat(Sold.value(changed).get("c")).isEqualTo(expected);
        assertThat(changed.valueSchema().field("c").schema().isOptional()).isEqualTo(type.isOptional());
    }

    @ParameterizedTest
    @MethodSource("unfitting")
    void leavesWhatDoesNotFitAsItIs(String to, Schema type, Object value) {
        SinkRecord record = Sold.with("c", type, value);

        assertThat(convert(to).apply(record)).isSameAs(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int64", "float64", "decimal", "json"})
    void givesNullsTheTypeOfTheOthers(String to) {
        SinkRecord ofNull = convert(to).apply(Sold.with("c", TEXT, null));

        assertThat(Sold.value(ofNull).get("c")).isNull();
        assertThat(ofNull.valueSchema())
                .isEqualTo(convert(to).apply(Sold.with("c", TEXT, "12")).valueSchema());
    }

    @Test
    void convertsTheColumnsThatFitBesideThoseThatDoNot() {
        Transformation<SinkRecord> convert =
                Sold.configured(new ConvertFields<>(), "to", "int64", "fields.include.list", "sold.total,sold.note");

        SinkRecord changed = convert.apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.value(changed).get("total")).isEqualTo(12L);
        assertThat(Sold.value(changed).get("note")).isEqualTo("n");
        assertThat(changed.valueSchema().field("note").schema()).isEqualTo(TEXT);
        assertThat(convert.apply(Sold.record(Sold.row(8, "13", "m"))).valueSchema())
                .isSameAs(changed.valueSchema());
    }

    @Test
    void declaresDecimalsWithThirtyEightDigits() {
        Schema type = convert("decimal")
                .apply(Sold.with("c", TEXT, "1"))
                .valueSchema()
                .field("c")
                .schema();

        assertThat(type)
                .isEqualTo(Decimal.builder(18)
                        .parameter("connect.decimal.precision", "38")
                        .optional()
                        .build());
    }

    @Test
    void leavesDecimalsThatHaveAtMostSoManyDigitsAsTheyAre() {
        SinkRecord record = Sold.with(
                "c",
                Decimal.builder(2).parameter("connect.decimal.precision", "10").build(),
                new BigDecimal("1.25"));

        assertThat(convert("decimal").apply(record)).isSameAs(record);
    }

    @Test
    void cutsDigitsOfTheFractionWhenItMay() {
        Schema wide =
                Decimal.builder(20).parameter("connect.decimal.precision", "50").build();
        BigDecimal number = new BigDecimal(BigInteger.ONE.shiftLeft(60), 20);
        Transformation<SinkRecord> cut = Sold.configured(
                new ConvertFields<>(),
                "to",
                "decimal",
                "fields.include.list",
                "sold.c",
                "truncate.to.max.precision",
                "true");

        assertThat(Sold.value(cut.apply(Sold.with("c", wide, number))).get("c"))
                .isEqualTo(new BigDecimal("0.01152921"));
        assertThat(Sold.value(cut.apply(Sold.with("c", TEXT, "1e-2147483647"))).get("c"))
                .isEqualTo(new BigDecimal("0E-18"));
        SinkRecord uncut = Sold.with("c", wide, number);
        assertThat(convert("decimal").apply(uncut)).isSameAs(uncut);
    }

    @Test
    void convertsAllThatHasPartsButNumbersAndPlaces() {
        Transformation<SinkRecord> all =
                Sold.configured(new ConvertFields<>(), "to", "jsonb", "convert.all.complex.types", "true");
        SinkRecord number = Sold.with("c", VARIABLE, variable(VARIABLE, "1"));
        SinkRecord place = Sold.with("c", POINT, new Struct(POINT).put("x", 1.0));
        SinkRecord json = Sold.with("c", JsonColumn.type(false, true), "{}");

        SinkRecord tags = all.apply(Sold.with("c", TAGS, List.of()));

        assertThat(Sold.value(tags).get("c")).isEqualTo("[]");
        assertThat(tags.valueSchema().field("c").schema().name()).isEqualTo("io.debezium.data.Json");
        assertThat(tags.valueSchema().field("c").schema().parameters()).containsEntry("millrace.json", "binary");
        assertThat(all.apply(number)).isSameAs(number);
        assertThat(all.apply(place)).isSameAs(place);
        assertThat(all.apply(json)).isSameAs(json);
    }

    @Test
    void marksJsonAsBinary() {
        SinkRecord json = Sold.with("c", JsonColumn.type(false, false), "{}");

        SinkRecord binary = Sold.configured(new ConvertFields<>(), "to", "jsonb", "convert.all.json", "true")
                .apply(json);

        assertThat(Sold.value(binary).get("c")).isEqualTo("{}");
        assertThat(binary.valueSchema().field("c").schema()).isEqualTo(JsonColumn.type(true, false));
        assertThat(convert("json").apply(json)).isSameAs(json);
        assertThat(convert("json").apply(binary)).isSameAs(binary);
    }

    @Test
    void refusesATypeThatItDoesNotHave() {
        assertThatThrownBy(() -> convert("text"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("int64");
    }

    private static Transformation<SinkRecord> convert(String to) {
        return Sold.configured(new ConvertFields<>(), "to", to, "fields.include.list", "sold.c");
    }

    private static Schema named(Schema.Type type, String name) {
        return SchemaBuilder.type(type).name(name).build();
    }

    private static Struct variable(Schema schema, String number) {
        BigDecimal decimal = new BigDecimal(number);
        return new Struct(schema)
                .put("scale", decimal.scale())
                .put("value", decimal.unscaledValue().toByteArray());
    }
}
