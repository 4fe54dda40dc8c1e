package io.millrace.connect.converters.avro;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

/** What other consumers see. */
class EncodingTest {
    @Test
    void beforeAndAfterShareOneRecord() {
        org.apache.kafka.connect.data.Schema row = SchemaBuilder.struct()
                .name("shop.orders.Value")
                .optional()
                .field("id", org.apache.kafka.connect.data.Schema.INT64_SCHEMA)
                .build();
        Schema envelope = avro(SchemaBuilder.struct()
                .name("shop.orders.Envelope")
                .field("before", row)
                .field("after", row)
                .field("op", org.apache.kafka.connect.data.Schema.STRING_SCHEMA)
                .build());

        assertThat(envelope)
                .hasToString("{\"type\":\"record\",\"name\":\"Envelope\",\"namespace\":\"shop.orders\",\"fields\":["
                        + "{\"name\":\"before\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Value\",\"fields\":"
                        + "[{\"name\":\"id\",\"type\":\"long\"}],\"connect.name\":\"shop.orders.Value\"}],"
                        + "\"default\":null},"
                        + "{\"name\":\"after\",\"type\":[\"null\",\"Value\"],\"default\":null},"
                        + "{\"name\":\"op\",\"type\":\"string\"}],\"connect.name\":\"shop.orders.Envelope\"}");
    }

    @Test
    void anotherStructOfTheSameNameGetsAnotherName() {
        Schema both = avro(SchemaBuilder.struct()
                .name("shop.Pair")
                .field("one", named("shop.Value", "a"))
                .field("two", named("shop.Value", "b"))
                .build());

        assertThat(both.getField("one").schema().getFullName()).isEqualTo("shop.Value");
        assertThat(both.getField("two").schema().getFullName()).isEqualTo("shop.Value_2");
    }

    @Test
    void namesThatAvroRefusesAreEscapedAndKept() {
        Schema record = avro(SchemaBuilder.struct()
                .name("shop.größe.Value")
                .field("a b", org.apache.kafka.connect.data.Schema.INT32_SCHEMA)
                .field("1st", org.apache.kafka.connect.data.Schema.INT32_SCHEMA)
                .field("a_u0020b", org.apache.kafka.connect.data.Schema.INT32_SCHEMA)
                .build());

        assertThat(record.getFullName()).isEqualTo("shop.gr_u00F6_u00DFe.Value");
        assertThat(record.getFields())
                .extracting(Schema.Field::name)
                .containsExactly("a_u0020b", "_u0031st", "a_u005Fu0020b");
        assertThat(record.getFields())
                .extracting(field -> field.getProp("connect.field.name"))
                .containsExactly("a b", "1st", "a_u0020b");
    }

    @Test
    void logicalTypesAreAvros() {
        assertThat(avro(Decimal.builder(2)
                                .parameter("connect.decimal.precision", "9")
                                .build())
                        .getLogicalType())
                .isEqualTo(LogicalTypes.decimal(9, 2));
        assertThat(avro(Decimal.schema(2)).getLogicalType()).isEqualTo(LogicalTypes.decimal(64, 2));
        assertThat(avro(Decimal.schema(-2)).getLogicalType()).isNull();
        assertThat(avro(Date.SCHEMA).getLogicalType()).isEqualTo(LogicalTypes.date());
        assertThat(avro(Time.SCHEMA).getLogicalType()).isEqualTo(LogicalTypes.timeMillis());
        assertThat(avro(Timestamp.SCHEMA).getLogicalType()).isEqualTo(LogicalTypes.timestampMillis());
    }

    @Test
    void semanticTypesStayBesideTheAvroType() {
        Schema type = avro(SchemaBuilder.int64()
                .name("io.debezium.time.MicroTimestamp")
                .version(1)
                .doc("when")
                .parameter("b", "2")
                .parameter("a", "1")
                .build());

        assertThat(type)
                .hasToString("{\"type\":\"long\",\"connect.name\":\"io.debezium.time.MicroTimestamp\","
                        + "\"connect.version\":1,\"connect.doc\":\"when\","
                        + "\"connect.parameters\":{\"a\":\"1\",\"b\":\"2\"}}");
    }

    @Test
    void nullComesFirstUnlessTheDefaultIsAValue() {
        Schema record = avro(SchemaBuilder.struct()
                .field("a", SchemaBuilder.int32().optional().build())
                .field("b", SchemaBuilder.int32().optional().defaultValue(5).build())
                .field(
                        "c",
                        SchemaBuilder.float64()
                                .optional()
                                .defaultValue(Double.NaN)
                                .build())
                .build());

        assertThat(record.getField("a").schema().getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
        assertThat(record.getField("b").schema().getTypes().get(0).getType()).isEqualTo(Schema.Type.INT);
        assertThat(record.getField("b").defaultVal()).isEqualTo(5);
        assertThat(record.getField("c").hasDefaultValue()).isFalse();
    }

    @Test
    void theOutermostTypeIsNeverAUnion() {
        assertThat(avro(SchemaBuilder.string().optional().build()))
                .hasToString("{\"type\":\"string\",\"connect.optional\":true}");
    }

    private static org.apache.kafka.connect.data.Schema named(String name, String field) {
        return SchemaBuilder.struct()
                .name(name)
                .field(field, org.apache.kafka.connect.data.Schema.INT32_SCHEMA)
                .build();
    }

    private static Schema avro(org.apache.kafka.connect.data.Schema connect) {
        return new Schema.Parser().parse(Encoding.of(connect).schema().toString());
    }
}
