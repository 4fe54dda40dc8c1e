package io.millrace.connect.sinks.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTextTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Schema.STRING_SCHEMA, "text", "text"),
                Arguments.of(Schema.BOOLEAN_SCHEMA, true, "true"),
                Arguments.of(Schema.INT64_SCHEMA, -5L, "-5"),
                Arguments.of(Schema.FLOAT64_SCHEMA, 1e10, "10000000000"),
                Arguments.of(Schema.FLOAT32_SCHEMA, 0.1f, "0.1"),
                Arguments.of(Schema.FLOAT64_SCHEMA, Double.NEGATIVE_INFINITY, "-Infinity"),
                Arguments.of(Decimal.schema(-3), new BigDecimal("1e3"), "1000"),
                Arguments.of(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {1, 2}), "AQI="),
                Arguments.of(SchemaBuilder.int32().name("io.debezium.time.Date").build(), 1, "1970-01-02"),
                Arguments.of(
                        SchemaBuilder.int64().name("io.debezium.time.MicroTime").build(), 86_400_000_000L, "24:00:00"),
                Arguments.of(
                        SchemaBuilder.int64()
                                .name("io.debezium.time.MicroTimestamp")
                                .build(),
                        -1L,
                        "1969-12-31T23:59:59.999999"),
                Arguments.of(
                        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build(), List.of("a\"b"), "[\"a\\\"b\"]"),
                Arguments.of(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                                .build(),
                        Map.of("k", 1),
                        "{\"k\":1}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesAValueAsWhatItMeans(Schema schema, Object value, String text) {
        assertThat(ValueText.of(schema).apply(value)).isEqualTo(text);
    }
}
