package io.millrace.connect.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import io.millrace.connect.converters.avro.Samples;
import io.millrace.connect.converters.registry.MemoryRegistry;
import io.millrace.connect.converters.row.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Rows written column by column have the bytes that the converter makes of them. */
class RowEncodingTest {
    private static final String TOPIC = "shop.orders";
    private static final List<Format> FORMATS = List.of(avro(), JsonFormat.of(false, false, 1000, Optional.empty()));

    private static Format avro() {
        MemoryRegistry registry = new MemoryRegistry();
        return new AvroFormat(
                new NamedSchemas(new AvroEncoder(registry, 1000), new AvroDecoder(registry, 1000), false));
    }

    @Property(tries = 1000)
    void rowsOfEverySchemaAreWrittenAsTheConverterDoes(
            @ForAll("structs") Samples.Sample sample, @ForAll Random choices) {
        Struct row = (Struct) sample.value();
        for (Format format : FORMATS) {
            Envelope envelope = new Envelope(row);
            byte[] expected = format.write(TOPIC, envelope.schema(), envelope.whole());
            RowWriter framed = format.rows().orElseThrow().framed(TOPIC, envelope.frame(), "after");
            RowWriter plain = format.rows().orElseThrow().plain(TOPIC, row.schema());

            for (int i = 0; i < 2; i++) {
                assertThat(write(framed, row, choices)).isEqualTo(expected);
                assertThat(write(plain, row, choices)).isEqualTo(format.write(TOPIC, row.schema(), row));
            }
        }
    }

    @Provide
    Arbitrary<Samples.Sample> structs() {
        return Samples.samples().filter(sample -> sample.schema().type() == Schema.Type.STRUCT);
    }

    @Property(tries = 2000)
    void textAndNumbersOfEveryKind(
            @ForAll("texts") String text, @ForAll long number, @ForAll double fraction, @ForAll byte[] bytes) {
        Schema schema = SchemaBuilder.struct()
                .field("text", Schema.STRING_SCHEMA)
                .field("number", Schema.INT64_SCHEMA)
                .field("small", Schema.INT32_SCHEMA)
                .field("fraction", Schema.FLOAT64_SCHEMA)
                .field("single", Schema.FLOAT32_SCHEMA)
                .field("bytes", Schema.BYTES_SCHEMA)
                .build();
        Struct row = new Struct(schema)
                .put("text", text)
                .put("number", number)
                .put("small", (int) number)
                .put("fraction", fraction)
                .put("single", (float) fraction)
                .put("bytes", bytes);
        for (Format format : FORMATS) {
            assertThat(write(format.rows().orElseThrow().plain(TOPIC, schema), row, new AlwaysTyped()))
                    .isEqualTo(format.write(TOPIC, schema, row));
        }
    }

    /** Any text that is valid in UTF-8; without surrogates alone. */
    @Provide
    Arbitrary<String> texts() {
        StringArbitrary basic = Arbitraries.strings().withCharRange('\u0000', '\uD7FF');
        return Arbitraries.oneOf(
                basic.ofMaxLength(20),
                Arbitraries.strings().withCharRange('\u0000', '\u007F').ofMaxLength(20),
                Arbitraries.integers()
                        .between(0x10000, 0x10FFFF)
                        .map(Character::toString)
                        .list()
                        .ofMaxSize(5)
                        .map(list -> String.join("a", list)));
    }

    @Test
    void columnsAreRefusedByNameAndTheWriterGoesOn() {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        for (Format format : FORMATS) {
            RowWriter writer = format.rows().orElseThrow().plain(TOPIC, schema);

            assertThatThrownBy(() -> writer.writeInt(1))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("id");
            writer.begin();
            assertThatThrownBy(writer::writeNull)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("id");
            writer.begin();
            writer.writeLong(7);
            assertThatThrownBy(writer::finish).isInstanceOf(DataException.class).hasMessageContaining("note");
            writer.begin();
            writer.writeLong(7);
            assertThatThrownBy(() -> writer.write(5)).isInstanceOf(DataException.class);
            writer.begin();
            writer.writeLong(7);
            writer.writeNull();
            assertThatThrownBy(writer::writeNull).isInstanceOf(DataException.class);
            writer.begin();
            writer.writeLong(7);
            writer.writeNull();
            assertThat(writer.finish()).isEqualTo(format.write(TOPIC, schema, new Struct(schema).put("id", 7L)));
        }
    }

    @Test
    void aLargeRecordIsWrittenWhole() {
        Schema schema =
                SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build();
        Struct large = new Struct(schema).put("text", "\u00e9\"".repeat(2_000_000));
        Struct small = new Struct(schema).put("text", "x");
        for (Format format : FORMATS) {
            RowWriter writer = format.rows().orElseThrow().plain(TOPIC, schema);

            for (Struct row : List.of(small, large, small)) {
                assertThat(Arrays.equals(write(writer, row, new AlwaysTyped()), format.write(TOPIC, schema, row)))
                        .isTrue();
            }
        }
    }

    @Test
    void onlyConvertersOfOursWithNothingInBetweenGiveAnEncoding() {
        Map<String, String> connector = new HashMap<>();
        for (String name : List.of("key.converter", "value.converter")) {
            connector.put(name, MillraceConverter.class.getName());
            connector.put(name + ".format", "json");
        }
        assertThat(RowEncoding.of(connector)).isPresent();

        assertThat(RowEncoding.of(with(
                        connector,
                        "value.converter.format",
                        "avro",
                        "value.converter.registry.url",
                        "http://127.0.0.1:1")))
                .as("no registry is asked yet")
                .isPresent();
        assertThat(RowEncoding.of(with(connector, "transforms", "mask"))).isEmpty();
        assertThat(RowEncoding.of(with(connector, "value.converter.schemas.enable", "true")))
                .isEmpty();
        assertThat(RowEncoding.of(with(connector, "key.converter", "org.apache.kafka.connect.json.JsonConverter")))
                .isEmpty();
        assertThat(RowEncoding.of(Map.of())).isEmpty();
    }

    private static Map<String, String> with(Map<String, String> connector, String... settings) {
        Map<String, String> other = new HashMap<>(connector);
        for (int i = 0; i < settings.length; i += 2) {
            other.put(settings[i], settings[i + 1]);
        }
        return other;
    }

    /** Writes a row by the typed call of each column where there is one, or by the general one, as it falls. */
    private static byte[] write(RowWriter writer, Struct row, Random choices) {
        writer.begin();
        for (Field field : row.schema().fields()) {
            Object value = row.getWithoutDefault(field.name());
            if (value == null || choices.nextInt(4) == 0) {
                writer.write(value);
            } else {
                writeTyped(writer, field.schema(), value);
            }
        }
        return writer.finish();
    }

    private static void writeTyped(RowWriter writer, Schema schema, Object value) {
        Object raw = raw(schema, value);
        switch (schema.type()) {
            case INT8, INT16, INT32 -> writer.writeInt(((Number) raw).intValue());
            case INT64 -> writer.writeLong((Long) raw);
            case FLOAT32 -> writer.writeFloat((Float) raw);
            case FLOAT64 -> writer.writeDouble((Double) raw);
            case BOOLEAN -> writer.writeBoolean((Boolean) raw);
            case STRING -> {
                byte[] utf8 = ("<" + raw + ">").getBytes(StandardCharsets.UTF_8);
                writer.writeText(utf8, 1, utf8.length - 2);
            }
            case BYTES -> writer.writeBytes((byte[]) raw, 0, ((byte[]) raw).length);
            default -> writer.write(value);
        }
    }

    private static Object raw(Schema schema, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().toByteArray();
        }
        if (!(value instanceof java.util.Date date)) {
            return value;
        }
        return switch (schema.name()) {
            case Date.LOGICAL_NAME -> Date.fromLogical(schema, date);
            case Time.LOGICAL_NAME -> Time.fromLogical(schema, date);
            default -> Timestamp.fromLogical(schema, date);
        };
    }

    /** An envelope as Debezium has it, around a row. */
    private record Envelope(Struct row) {
        Schema schema() {
            Schema optional = optional(row.schema());
            return SchemaBuilder.struct()
                    .name("shop.orders.Envelope")
                    .field("before", optional)
                    .field("after", optional)
                    .field("amount", Decimal.schema(2))
                    .field("größe \"", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("op", Schema.STRING_SCHEMA)
                    .build();
        }

        Struct frame() {
            return new Struct(schema())
                    .put("amount", new BigDecimal(BigInteger.TEN, 2))
                    .put("größe \"", "\uD83D\uDE00")
                    .put("op", "r");
        }

        Struct whole() {
            Struct whole = frame();
            Struct after = new Struct(whole.schema().field("after").schema());
            for (Field field : after.schema().fields()) {
                after.put(field, row.getWithoutDefault(field.name()));
            }
            return whole.put("after", after);
        }

        private static Schema optional(Schema struct) {
            SchemaBuilder builder = SchemaBuilder.struct().optional();
            struct.fields().forEach(field -> builder.field(field.name(), field.schema()));
            if (struct.name() != null) {
                builder.name(struct.name());
            }
            return builder.build();
        }
    }

    private static final class AlwaysTyped extends Random {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    }
}
