package io.millrace.connect.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import io.millrace.connect.converters.avro.Plain;
import io.millrace.connect.converters.avro.Samples;
import io.millrace.connect.converters.registry.MemoryRegistry;
import io.millrace.connect.converters.row.EncodedSchema;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Plain JSON whose schema is named beside it. */
class NamedSchemasTest {
    private static final String TOPIC = "shop.orders";

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Format format = JsonFormat.of(
            false,
            false,
            1000,
            Optional.of(new NamedSchemas(new AvroEncoder(registry, 1000), new AvroDecoder(registry, 1000), false)));

    @Provide
    Arbitrary<Samples.Sample> samples() {
        return Samples.samples();
    }

    @Property
    void schemaAndValueComeBackEqual(@ForAll("samples") Samples.Sample sample) {
        // in a map a key that is null is a name that JSON has no word for
        Assume.that(!Plain.of(sample.value()).toString().contains("(null)="));
        byte[] bytes = format.write(TOPIC, sample.schema(), sample.value());

        SchemaAndValue read = format.read(TOPIC, bytes, format.named(TOPIC, sample.schema()));

        assertThat(read.schema()).isEqualTo(sample.schema());
        assertThat(Plain.of(read.value())).isEqualTo(Plain.of(sample.value()));
    }

    @Test
    void bytesThatAReaderEncodedHaveTheSameName() {
        Schema row = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
        Schema envelope = SchemaBuilder.struct()
                .field("op", Schema.STRING_SCHEMA)
                .field("after", row)
                .build();

        Schema framed = format.rows()
                .orElseThrow()
                .framed(TOPIC, new Struct(envelope).put("op", "r"), "after")
                .schema();

        assertThat(EncodedSchema.id(framed)).isEqualTo(format.named(TOPIC, envelope));
        assertThat(EncodedSchema.is(framed)).isTrue();
    }

    @Test
    void withoutARegistryNothingIsNamed() {
        Format alone = JsonFormat.of(false, false, 1000, Optional.empty());

        assertThat(alone.named(TOPIC, Schema.STRING_SCHEMA)).isEmpty();
        assertThat(alone.read(TOPIC, "7".getBytes(StandardCharsets.UTF_8), OptionalInt.of(1))
                        .schema())
                .isNull();
    }

    @Test
    void whatIsNotOfItsSchemaIsRefusedWithAReason() {
        OptionalInt id = format.named(
                TOPIC, SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build());

        for (String wrong : new String[] {"{\"id\":3000000000}", "{\"ID\":3}", "[3]", "{\"id\":", ""}) {
            assertThatThrownBy(() -> format.read(TOPIC, wrong.getBytes(StandardCharsets.UTF_8), id))
                    .as(wrong)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("does not follow its schema");
        }
    }
}
