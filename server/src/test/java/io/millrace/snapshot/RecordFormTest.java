package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.database.KeyColumn;
import io.millrace.database.KeyKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RecordFormTest {
    private static final String KEY =
            """
            {"type": "record", "name": "Key", "fields": [
              {"name": "id", "type": "long"},
              {"name": "gr_u00F6_u00DFe", "connect.field.name": "größe", "type": {"type": "bytes",
                "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "code", "type": "string"},
              {"name": "day", "type": {"type": "int", "connect.name": "io.debezium.time.Date"}},
              {"name": "at", "type": {"type": "long", "connect.name": "io.debezium.time.Timestamp"}},
              {"name": "seen", "type": {"type": "string", "connect.name": "io.debezium.time.ZonedTimestamp"}}]}
            """;
    private static final String VALUE =
            """
            {"type": "record", "name": "Envelope", "fields": [
              {"name": "before", "type": ["null", {"type": "record", "name": "Row", "fields": [
                {"name": "note", "type": "string"}]}]},
              {"name": "after", "type": ["null", "Row"]},
              {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
                {"name": "db", "type": "string"}, {"name": "txId", "type": ["null", "long"]},
                {"name": "lsn", "type": ["null", "long"]}]}},
              {"name": "op", "type": "string"}]}
            """;

    private final RecordForm form = new RecordForm(id ->
            Optional.ofNullable(Map.of(1L, KEY, 2L, VALUE, 3L, "\"string\"").get(id)));

    @Test
    void readsAvroKeysAsTheTableWouldWriteThem() throws Exception {
        Schema schema = new Schema.Parser().parse(KEY);
        GenericRecord key = new GenericData.Record(schema);
        key.put("id", 7L);
        key.put(
                "gr_u00F6_u00DFe",
                ByteBuffer.wrap(new BigDecimal("12.50").unscaledValue().toByteArray()));
        key.put("code", "ab  ");
        key.put("day", -1);
        key.put("at", 1_500L);
        key.put("seen", "1970-01-01T01:00:01.5+01:00");

        assertThat(form.key(
                        avro(1, key),
                        List.of(
                                new KeyColumn("größe", KeyKind.DECIMAL),
                                new KeyColumn("id", KeyKind.INTEGER),
                                new KeyColumn("code", KeyKind.PADDED),
                                new KeyColumn("day", KeyKind.DATE),
                                new KeyColumn("at", KeyKind.TIMESTAMP),
                                new KeyColumn("seen", KeyKind.INSTANT))))
                .containsExactly("12.5", "7", "ab", "-1", "1500000", "1500000");
        assertThatThrownBy(() -> form.key(avro(1, key), List.of(new KeyColumn("id", KeyKind.INTEGER))))
                .isInstanceOf(CannotTellException.class)
                .hasMessageContaining("other fields");
        assertThatThrownBy(() -> form.key(avro(1, key), List.of(new KeyColumn("id", KeyKind.TEXT))))
                .isInstanceOf(CannotTellException.class)
                .hasMessageContaining("'id'");
    }

    @Test
    void readsWhatBecameOfARow() throws Exception {
        GenericRecord value = new GenericData.Record(new Schema.Parser().parse(VALUE));
        GenericRecord source =
                new GenericData.Record(value.getSchema().getField("source").schema());
        source.put("db", "shop");
        source.put("txId", 815L);
        value.put("source", source);
        value.put("op", "d");

        assertThat(form.change(avro(2, value))).isEqualTo(new RowChange(RowChange.Kind.DELETED, OptionalLong.of(815)));
        value.put("op", "r");
        assertThat(form.change(avro(2, value)))
                .isEqualTo(new RowChange(RowChange.Kind.DELIVERED, OptionalLong.empty()));
    }

    @Test
    void readsJsonWithAndWithoutItsSchema() throws Exception {
        List<KeyColumn> id = List.of(new KeyColumn("id", KeyKind.INTEGER));

        assertThat(form.key(json("{\"id\": 5}"), id)).containsExactly("5");
        assertThat(form.key(json("{\"schema\": {}, \"payload\": {\"id\": 5}}"), id))
                .containsExactly("5");
        assertThat(form.change(json("{\"op\": \"u\", \"source\": {\"txId\": 9}}")))
                .isEqualTo(new RowChange(RowChange.Kind.DELIVERED, OptionalLong.of(9)));
    }

    @Test
    void saysWhenItCannotTell() {
        assertThatThrownBy(() -> form.change(new byte[] {0, 0, 0, 0, 9, 1})).hasMessageContaining("no schema 9");
        assertThatThrownBy(() -> form.change(new byte[] {0, 0, 0, 0, 1, 1})).hasMessageContaining("no change events");
        assertThatThrownBy(() -> form.change(new byte[] {0, 0, 0, 0, 3, 1})).hasMessageContaining("none of a row");
        assertThatThrownBy(() -> form.change(json("no json"))).isInstanceOf(CannotTellException.class);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] avro(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
