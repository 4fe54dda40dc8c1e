package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that an update left as they were and the log does not repeat must not be written over those that are there. */
class FlattenUnavailableTest {
    private static final String TEXT = "__debezium_unavailable_value";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final Schema JSON =
            SchemaBuilder.string().name("io.debezium.data.Json").optional().build();

    private final Flatten<SourceRecord> flatten = new Flatten<>();

    static Stream<Arguments> placeholders() {
        List<Integer> ints = new ArrayList<>();
        List<Long> longs = new ArrayList<>();
        for (byte one : BYTES) {
            ints.add((int) one);
            longs.add((long) one);
        }
        return Stream.of(
                Arguments.of(Schema.OPTIONAL_STRING_SCHEMA, TEXT),
                Arguments.of(JSON, TEXT),
                Arguments.of(JSON, "{\"" + TEXT + "\":\"" + TEXT + "\"}"),
                Arguments.of(Schema.OPTIONAL_BYTES_SCHEMA, BYTES),
                Arguments.of(Schema.OPTIONAL_BYTES_SCHEMA, ByteBuffer.wrap(BYTES)),
                Arguments.of(listOf(Schema.OPTIONAL_STRING_SCHEMA), List.of(TEXT)),
                Arguments.of(
                        listOf(Schema.OPTIONAL_STRING_SCHEMA),
                        List.of(UUID.nameUUIDFromBytes(BYTES).toString())),
                Arguments.of(listOf(Schema.OPTIONAL_BYTES_SCHEMA), List.of(ByteBuffer.wrap(BYTES))),
                Arguments.of(listOf(Schema.OPTIONAL_INT32_SCHEMA), ints),
                Arguments.of(listOf(Schema.OPTIONAL_INT64_SCHEMA), longs),
                Arguments.of(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                                .optional()
                                .build(),
                        Map.of(TEXT, TEXT)));
    }

    static Stream<Arguments> realValues() {
        return Stream.of(
                Arguments.of(Schema.OPTIONAL_STRING_SCHEMA, TEXT + "s"),
                Arguments.of(Schema.OPTIONAL_BYTES_SCHEMA, new byte[BYTES.length]),
                Arguments.of(Decimal.builder(0).optional().build(), BigDecimal.TEN),
                Arguments.of(listOf(Schema.OPTIONAL_STRING_SCHEMA), List.of(TEXT, TEXT)),
                Arguments.of(listOf(Schema.OPTIONAL_INT32_SCHEMA), List.of(95)),
                Arguments.of(listOf(Schema.OPTIONAL_FLOAT64_SCHEMA), List.of(95d)),
                Arguments.of(Schema.OPTIONAL_INT64_SCHEMA, 95L));
    }

    private static Schema listOf(Schema element) {
        return SchemaBuilder.array(element).optional().build();
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void leavesOutAColumnWithoutItsValue(Schema column, Object placeholder) {
        SourceRecord flat = flatten.apply(updated(column, placeholder));

        assertThat(flat.valueSchema().fields())
                .extracting(Field::name)
                .containsExactly("id", "last", "__deleted", "_streamkap_ts_ms", "_streamkap_source_ts_ms");
        assertThat(((Struct) flat.value()).getString("last")).isEqualTo("l");
        assertThat(((Struct) flat.value()).getString("__deleted")).isEqualTo("false");
    }

    @ParameterizedTest
    @MethodSource("realValues")
    void keepsAColumnWithAValue(Schema column, Object value) {
        SourceRecord flat = flatten.apply(updated(column, value));

        assertThat(((Struct) flat.value()).get("large")).isEqualTo(value);
    }

    @Test
    void hasOneSchemaObjectForTheSameColumnsLeftOut() {
        Schema partial =
                flatten.apply(updated(Schema.OPTIONAL_STRING_SCHEMA, TEXT)).valueSchema();
        Schema whole =
                flatten.apply(updated(Schema.OPTIONAL_STRING_SCHEMA, "x")).valueSchema();

        assertThat(flatten.apply(updated(Schema.OPTIONAL_STRING_SCHEMA, TEXT)).valueSchema())
                .isSameAs(partial)
                .isNotEqualTo(whole);
    }

    private static SourceRecord updated(Schema column, Object value) {
        Schema row = SchemaBuilder.struct()
                .name(Orders.TOPIC + ".Value")
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("large", column)
                .field("last", Schema.STRING_SCHEMA)
                .build();
        Schema envelope = Orders.envelope(row);
        Struct change = new Struct(envelope)
                .put("after", new Struct(row).put("id", 1L).put("large", value).put("last", "l"))
                .put("source", Orders.source())
                .put("op", "u");
        return Orders.record(Orders.KEY, Orders.key(1), envelope, change);
    }
}
