package io.millrace.connect.converters.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.converters.registry.MemoryRegistry;
import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;

class RoundTripTest {
    @Provide
    Arbitrary<Samples.Sample> samples() {
        return Samples.samples();
    }

    @Property
    void schemaAndValueComeBackEqual(@ForAll("samples") Samples.Sample sample) {
        MemoryRegistry registry = new MemoryRegistry();
        byte[] bytes = new AvroEncoder(registry, 10).encode("topic-value", sample.schema(), sample.value());

        SchemaAndValue decoded = new AvroDecoder(registry, 10).decode(bytes);

        assertThat(decoded.schema()).isEqualTo(sample.schema());
        assertThat(Plain.of(decoded.value())).isEqualTo(Plain.of(sample.value()));
    }

    @Property
    void equalValuesHaveEqualBytes(@ForAll("samples") Samples.Sample sample) {
        MemoryRegistry registry = new MemoryRegistry();

        byte[] first = new AvroEncoder(registry, 10).encode("topic-value", sample.schema(), sample.value());
        byte[] second = new AvroEncoder(registry, 10).encode("topic-value", sample.schema(), sample.same());

        assertThat(second).isEqualTo(first);
    }

    @Property
    void anyAvroReaderReadsTheWholeRecord(@ForAll("samples") Samples.Sample sample) throws IOException {
        MemoryRegistry registry = new MemoryRegistry();
        byte[] bytes = new AvroEncoder(registry, 10).encode("topic-value", sample.schema(), sample.value());
        org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse(registry.schema(1));
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);

        Object datum = new GenericDatumReader<>(schema).read(null, in);

        assertThat(GenericData.get().validate(schema, datum)).isTrue();
        assertThat(in.isEnd()).isTrue();
    }
}
