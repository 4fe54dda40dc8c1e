package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlattenTest {
    private final Flatten<SourceRecord> flatten = new Flatten<>();

    @ParameterizedTest
    @ValueSource(strings = {"c", "r", "u"})
    void makesTheRowTheValue(String operation) {
        SourceRecord record = Orders.change(
                operation,
                Optional.of(Orders.row(1, "us")),
                Optional.of(Orders.row(1, "eu").put("note", "n")));

        SourceRecord flat = flatten.apply(record);

        Struct row = (Struct) flat.value();
        assertThat(row.getInt64("id")).isEqualTo(1);
        assertThat(row.getString("region")).isEqualTo("eu");
        assertThat(row.getString("note")).isEqualTo("n");
        assertThat(row.getString("__deleted")).isEqualTo("false");
        assertThat(row.getInt64("_streamkap_ts_ms")).isEqualTo(3);
        assertThat(row.getInt64("_streamkap_source_ts_ms")).isEqualTo(2);
        assertThat(flat.key()).isSameAs(record.key());
        assertThat(flat.topic()).isEqualTo(record.topic());
        assertThat(flat.timestamp()).isEqualTo(record.timestamp());
    }

    @Test
    void keepsTheColumnsInTheirOrderAndAddsItsOwn() {
        Schema schema = flatten.apply(Orders.created(Orders.row(1, "eu"))).valueSchema();

        assertThat(schema.name()).isEqualTo(Orders.TOPIC + ".Value");
        assertThat(schema.isOptional()).isFalse();
        assertThat(schema.fields().subList(0, 6)).isEqualTo(Orders.ROW.fields());
        assertThat(schema.fields().subList(6, 9))
                .containsExactly(
                        new Field("__deleted", 6, Schema.OPTIONAL_STRING_SCHEMA),
                        new Field("_streamkap_ts_ms", 7, Schema.OPTIONAL_INT64_SCHEMA),
                        new Field("_streamkap_source_ts_ms", 8, Schema.OPTIONAL_INT64_SCHEMA));
    }

    @Test
    void makesADeletedRowTheValueAsItWas() {
        Struct row = (Struct) flatten.apply(Orders.deleted(Orders.row(1, "us"))).value();

        assertThat(row.getString("region")).isEqualTo("us");
        assertThat(row.getString("__deleted")).isEqualTo("true");
    }

    @Test
    void makesADeletedRowOfItsKeyWhereTheLogHasNoMore() {
        Struct envelope =
                new Struct(Orders.ENVELOPE).put("source", Orders.source()).put("op", "d");

        SourceRecord flat = flatten.apply(Orders.record(Orders.KEY, Orders.key(7), Orders.ENVELOPE, envelope));

        assertThat(flat.valueSchema().fields())
                .extracting(Field::name)
                .containsExactly("id", "__deleted", "_streamkap_ts_ms", "_streamkap_source_ts_ms");
        assertThat(((Struct) flat.value()).getInt64("id")).isEqualTo(7);
        assertThat(((Struct) flat.value()).getString("__deleted")).isEqualTo("true");
    }

    @Test
    void keepsNullWhereAColumnHasADefault() {
        Struct row = (Struct) flatten.apply(Orders.created(Orders.row(1, null))).value();

        assertThat(row.getWithoutDefault("region")).isNull();
    }

    @Test
    void makesATruncationARecordOfAHeaderAlone() {
        SourceRecord flat = flatten.apply(Orders.truncated());

        assertThat(flat.key()).isNull();
        assertThat(flat.keySchema()).isNull();
        assertThat(flat.value()).isNull();
        assertThat(flat.valueSchema()).isNull();
        assertThat(flat.headers().lastWithName("millrace.operation").value()).isEqualTo("t");
    }

    @Test
    void leavesWhatIsNoChangeOfARowAsItIs() {
        Stream.of(Orders.tombstone(1), Orders.heartbeat(), Orders.progress())
                .forEach(record -> assertThat(flatten.apply(record)).isSameAs(record));
    }

    @Test
    void refusesAnUpdateWithoutARow() {
        Struct envelope =
                new Struct(Orders.ENVELOPE).put("source", Orders.source()).put("op", "u");

        assertThatThrownBy(() -> flatten.apply(Orders.record(Orders.KEY, Orders.key(7), Orders.ENVELOPE, envelope)))
                .isInstanceOf(DataException.class)
                .hasMessage("A change with operation 'u' carries no row");
    }

    @Test
    void leavesAColumnWithANameOfItsOwnToTheTable() {
        Schema row = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("__deleted", Schema.OPTIONAL_BOOLEAN_SCHEMA)
                .build();
        Schema envelope = Orders.envelope(row);
        Struct change = new Struct(envelope)
                .put("after", new Struct(row).put("id", 1L).put("__deleted", true))
                .put("source", Orders.source())
                .put("op", "c");

        SourceRecord flat = flatten.apply(Orders.record(Orders.KEY, Orders.key(1), envelope, change));

        assertThat(((Struct) flat.value()).getBoolean("__deleted")).isTrue();
        assertThat(flat.valueSchema().fields()).hasSize(4);
    }

    @Test
    void hasOneSchemaObjectForOneSchema() {
        assertThat(flatten.apply(Orders.created(Orders.row(1, "eu"))).valueSchema())
                .isSameAs(flatten.apply(Orders.deleted(Orders.row(2, "eu"))).valueSchema());
    }

    @Test
    void hasNoOptions() {
        flatten.configure(Map.of());

        assertThat(flatten.config().names()).isEmpty();
    }
}
