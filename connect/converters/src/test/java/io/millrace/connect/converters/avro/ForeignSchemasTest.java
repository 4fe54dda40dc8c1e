package io.millrace.connect.converters.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.converters.registry.MemoryRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Records that other writers wrote with schemas of their own. */
class ForeignSchemasTest {
    private static final String RECORD =
            """
            {"type":"record","name":"Order","namespace":"shop","doc":"an order","fields":[
            {"name":"id","type":"long"},
            {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","DONE"]}},
            {"name":"hash","type":{"type":"fixed","name":"Hash","size":2}},
            {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
            {"name":"day","type":{"type":"int","logicalType":"date"},"default":0},
            {"name":"tags","type":{"type":"map","values":"string"},"default":{"a":"b"}},
            {"name":"either","type":["null","long","string"],"default":null},
            {"name":"one","type":["int"]},
            {"name":"lines","type":{"type":"array","items":["null","float"]}},
            {"name":"raw","type":"bytes","default":"\\u00ff"}]}""";

    private final MemoryRegistry registry = new MemoryRegistry();
    private final AvroDecoder decoder = new AvroDecoder(registry, 10);

    @Test
    void everyAvroTypeHasAFormInConnect() throws IOException {
        Schema schema = new Schema.Parser().parse(RECORD);
        Object datum = new GenericRecordBuilder(schema)
                .set("id", 7L)
                .set(
                        "state",
                        new GenericData.EnumSymbol(schema.getField("state").schema(), "DONE"))
                .set("hash", new GenericData.Fixed(schema.getField("hash").schema(), new byte[] {1, 2}))
                .set("price", ByteBuffer.wrap(new byte[] {1, 0}))
                .set("tags", Map.of("k", "v"))
                .set("either", "text")
                .set("one", 3)
                .set("lines", java.util.Arrays.asList(null, 1.5f))
                .build();

        SchemaAndValue read = decoder.decode(encode(schema, datum));

        Struct order = (Struct) read.value();
        assertThat(read.schema().name()).isEqualTo("shop.Order");
        assertThat(order.getInt64("id")).isEqualTo(7);
        assertThat(order.getString("state")).isEqualTo("DONE");
        assertThat(order.getBytes("hash")).containsExactly(1, 2);
        assertThat(order.get("price")).isEqualTo(new BigDecimal("2.56"));
        assertThat(order.get("day")).isEqualTo(java.util.Date.from(java.time.Instant.EPOCH));
        assertThat(order.getMap("tags")).isEqualTo(Map.of("k", "v"));
        assertThat(order.getStruct("either").get("string")).isEqualTo("text");
        assertThat(order.getInt32("one")).isEqualTo(3);
        assertThat(order.getArray("lines")).containsExactly(null, 1.5f);
        assertThat(order.schema().field("tags").schema().defaultValue()).isEqualTo(Map.of("a", "b"));
        assertThat((byte[]) order.schema().field("raw").schema().defaultValue()).containsExactly(0xff);
    }

    @Test
    void recordsOfOneIdShareTheirSchema() throws IOException {
        Schema schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}");
        byte[] record = encode(schema, new GenericData.Record(schema));

        assertThat(decoder.decode(record).schema())
                .isSameAs(decoder.decode(record).schema());
    }

    @Test
    void aRecursiveRecordIsRefusedByName() throws IOException {
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"shop.Node\",\"fields\":"
                        + "[{\"name\":\"next\",\"type\":[\"null\",\"shop.Node\"]}]}");
        byte[] record = encode(schema, new GenericData.Record(schema));

        assertThatThrownBy(() -> decoder.decode(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("shop.Node");
    }

    @Test
    void recordsThatEndTooEarlyOrFollowAnotherSchemaAreRefused() {
        registry.register("s", RECORD);
        registry.register("s", "\"strin\"");

        for (byte[] record :
                List.of(new byte[] {0, 0, 0, 0, 1}, new byte[] {0, 0, 0, 0, 1, 2, 99}, new byte[] {0, 0, 0, 0, 2, 0})) {
            assertThatThrownBy(() -> decoder.decode(record)).isInstanceOf(DataException.class);
        }
    }

    private byte[] encode(Schema schema, Object datum) throws IOException {
        int id = registry.register("s", schema.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
