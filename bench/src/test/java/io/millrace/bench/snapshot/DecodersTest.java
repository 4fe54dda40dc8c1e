package io.millrace.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class DecodersTest {
    @Test
    void jsonGivesNumbersTextsNullsAndTheUnscaledDecimal() {
        Envelope envelope = new JsonEnvelopes()
                .decode(
                        "{\"op\":\"r\",\"after\":{\"id\":5,\"price\":\"/Bg=\",\"paid\":true,\"note\":null,\"rate\":0.5}}"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(envelope.operation()).isEqualTo("r");
        assertThat(envelope.id()).isEqualTo(5);
        assertThat(envelope.after().apply("price")).isEqualTo(BigInteger.valueOf(-1000));
        assertThat(envelope.after().apply("paid")).isEqualTo(true);
        assertThat(envelope.after().apply("note")).isNull();
        assertThat(envelope.after().apply("rate")).isEqualTo(0.5);
    }

    @Test
    void avroIsReadWithTheSchemaThatTheRecordNames() throws IOException {
        Schema row = SchemaBuilder.record("Row")
                .fields()
                .requiredLong("id")
                .requiredBytes("price")
                .endRecord();
        Schema schema = SchemaBuilder.record("Envelope")
                .fields()
                .requiredString("op")
                .name("after")
                .type(row)
                .noDefault()
                .endRecord();
        GenericData.Record after = new GenericData.Record(row);
        after.put("id", 9L);
        after.put("price", ByteBuffer.wrap(BigInteger.valueOf(-1000).toByteArray()));
        GenericData.Record envelope = new GenericData.Record(schema);
        envelope.put("op", "r");
        envelope.put("after", after);

        Envelope read = new AvroEnvelopes(id -> id == 77 ? schema.toString() : "none").decode(written(envelope));

        assertThat(read.operation()).isEqualTo("r");
        assertThat(read.id()).isEqualTo(9);
        assertThat(read.after().apply("price")).isEqualTo(BigInteger.valueOf(-1000));
    }

    @Test
    void everyRowOfTheTableHasADigestOfItsOwnAndAChangeShows() {
        BenchTable table = BenchTable.filled(PostgresServer.shared(18).createDatabase(), "orders", 2_000);

        long[] before = table.digests();
        table.database().execute("UPDATE orders SET quantity = quantity + 1 WHERE id = 1234");
        long[] after = table.digests();

        assertThat(before).doesNotHaveDuplicates();
        assertThat(after[1234]).isNotEqualTo(before[1234]);
        after[1234] = before[1234];
        assertThat(after).isEqualTo(before);
        assertThat(table.bytesPerRow()).isBetween(160.0, 200.0);
    }

    private static byte[] written(GenericData.Record envelope) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(77).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericData.Record>(envelope.getSchema()).write(envelope, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
