package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class InsertIntoRowTest {
    @Test
    void addsTheConstantToTheRowBeforeAndAfter() {
        SourceRecord record = Orders.change("u", Optional.of(Orders.row(1, "eu")), Optional.of(Orders.row(1, "us")));

        SourceRecord changed = tenant().apply(record);

        assertThat(Orders.before(changed).getString("tenant")).isEqualTo("acme");
        assertThat(Orders.after(changed).getString("tenant")).isEqualTo("acme");
        assertThat(Orders.before(changed).getString("region")).isEqualTo("eu");
        assertThat(Orders.after(changed).getString("region")).isEqualTo("us");
        assertThat(changed.key()).isSameAs(record.key());
        assertThat(changed.sourceOffset()).isEqualTo(record.sourceOffset());
    }

    @Test
    void keepsWhatIsSaidAboutTheChange() {
        SourceRecord record = Orders.created(Orders.row(1, "eu"));

        Struct envelope = (Struct) tenant().apply(record).value();

        Struct was = (Struct) record.value();
        assertThat(envelope.schema().name()).isEqualTo(Orders.TOPIC + ".Envelope");
        assertThat(envelope.schema().version()).isEqualTo(2);
        assertThat(envelope.getStruct("source")).isEqualTo(was.getStruct("source"));
        assertThat(envelope.getString("op")).isEqualTo("c");
        assertThat(envelope.getInt64("ts_ms")).isEqualTo(3L);
        assertThat(envelope.getStruct("before")).isNull();
    }

    @Test
    void addsAnOptionalFieldBehindTheColumnsOfBothRowsAlike() {
        Schema schema = tenant().apply(Orders.created(Orders.row(1, "eu"))).valueSchema();

        Schema row = schema.field("after").schema();
        assertThat(schema.field("before").schema()).isEqualTo(row);
        assertThat(row.isOptional()).isTrue();
        assertThat(row.name()).isEqualTo(Orders.TOPIC + ".Value");
        assertThat(row.fields().subList(0, 6)).isEqualTo(Orders.ROW.fields());
        assertThat(row.field("tenant").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(row.field("tenant").index()).isEqualTo(6);
    }

    @Test
    void addsItToADeletedRow() {
        SourceRecord changed = tenant().apply(Orders.deleted(Orders.row(1, "eu")));

        assertThat(Orders.before(changed).getString("tenant")).isEqualTo("acme");
        assertThat(Orders.after(changed)).isNull();
    }

    @Test
    void addsTheNameOfTheTopic() {
        InsertIntoRow<SourceRecord> insert = new InsertIntoRow<>();
        insert.configure(Map.of("topic.field", "_streamkap_topic"));

        SourceRecord changed = insert.apply(Orders.created(Orders.row(1, "eu")));

        assertThat(Orders.after(changed).getString("_streamkap_topic")).isEqualTo(Orders.TOPIC);
    }

    @Test
    void givesATruncationTheSameSchema() {
        InsertIntoRow<SourceRecord> tenant = tenant();

        Schema ofRow = tenant.apply(Orders.created(Orders.row(1, "eu"))).valueSchema();
        SourceRecord truncated = tenant.apply(Orders.truncated());

        assertThat(truncated.valueSchema()).isSameAs(ofRow);
        assertThat(Orders.after(truncated)).isNull();
    }

    @Test
    void leavesTombstonesAndOtherRecordsAsTheyAre() {
        SourceRecord tombstone = Orders.tombstone(1);
        SourceRecord heartbeat = Orders.heartbeat();
        SourceRecord progress = Orders.progress();

        assertThat(tenant().apply(tombstone)).isSameAs(tombstone);
        assertThat(tenant().apply(heartbeat)).isSameAs(heartbeat);
        assertThat(tenant().apply(progress)).isSameAs(progress);
    }

    @Test
    void keepsNullWhereAColumnHasADefault() {
        SourceRecord changed = tenant().apply(Orders.created(Orders.row(1, null)));

        assertThat(Orders.after(changed).getWithoutDefault("region")).isNull();
    }

    @Test
    void leavesAColumnOfTheSameNameAsItIs() {
        InsertIntoRow<SourceRecord> insert = new InsertIntoRow<>();
        insert.configure(Map.of("static.field", "region", "static.value", "constant"));

        SourceRecord changed = insert.apply(Orders.created(Orders.row(1, "us")));

        assertThat(changed.valueSchema()).isEqualTo(Orders.ENVELOPE);
        assertThat(Orders.after(changed).getString("region")).isEqualTo("us");
    }

    @Test
    void hasOneSchemaObjectForOneSchema() {
        InsertIntoRow<SourceRecord> tenant = tenant();

        assertThat(tenant.apply(Orders.created(Orders.row(1, "eu"))).valueSchema())
                .isSameAs(tenant.apply(Orders.created(Orders.row(2, "eu"))).valueSchema());
    }

    @Test
    void needsOneFieldToAdd() {
        assertThatThrownBy(() -> new InsertIntoRow<SourceRecord>().configure(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("static.field");
        assertThatThrownBy(() ->
                        new InsertIntoRow<SourceRecord>().configure(Map.of("static.field", "a", "topic.field", "b")))
                .isInstanceOf(ConfigException.class);
    }

    private static InsertIntoRow<SourceRecord> tenant() {
        InsertIntoRow<SourceRecord> insert = new InsertIntoRow<>();
        insert.configure(Map.of("static.field", "tenant", "static.value", "acme"));
        return insert;
    }
}
