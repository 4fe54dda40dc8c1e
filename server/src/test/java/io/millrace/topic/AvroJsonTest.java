package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class AvroJsonTest {
    private static final Schema PRICE = LogicalTypes.decimal(30, 2).addToSchema(Schema.create(Schema.Type.BYTES));

    @Test
    void showsDecimalsWithAllTheirDigitsWhereverTheyAre() {
        Schema row = SchemaBuilder.record("row")
                .fields()
                .name("price")
                .type(PRICE)
                .noDefault()
                .name("optional")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), PRICE))
                .noDefault()
                .name("list")
                .type(Schema.createArray(PRICE))
                .noDefault()
                .name("map")
                .type(Schema.createMap(PRICE))
                .noDefault()
                .name("bytes")
                .type(Schema.create(Schema.Type.BYTES))
                .noDefault()
                .endRecord();
        GenericData.Record value = new GenericData.Record(row);
        value.put("price", unscaled("-1234567890123456789012345678.90"));
        value.put("optional", unscaled("0.05"));
        value.put("list", List.of(unscaled("5.00")));
        value.put("map", Map.of("a", unscaled("1.10")));
        value.put("bytes", ByteBuffer.wrap(new byte[] {1}));

        assertThat(AvroJson.of(value, row))
                .hasToString(
                        "{\"price\":\"-1234567890123456789012345678.90\",\"optional\":\"0.05\",\"list\":[\"5.00\"],"
                                + "\"map\":{\"a\":\"1.10\"},\"bytes\":\"AQ==\"}");
    }

    @Test
    void leavesADecimalOfAbsurdScaleAsBytes() {
        Schema absurd =
                LogicalTypes.decimal(2_000_000_000, 2_000_000_000).addToSchema(Schema.create(Schema.Type.BYTES));

        assertThat(AvroJson.of(ByteBuffer.wrap(new byte[] {1}), absurd)).hasToString("\"AQ==\"");
    }

    private static ByteBuffer unscaled(String decimal) {
        return ByteBuffer.wrap(new BigDecimal(decimal).unscaledValue().toByteArray());
    }
}
