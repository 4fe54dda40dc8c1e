package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class InsertIntoKeyTest {
    private static final Schema EXTENDED = SchemaBuilder.struct()
            .name(Orders.TOPIC + ".Key")
            .field("id", Schema.INT64_SCHEMA)
            .field("tenant", Schema.STRING_SCHEMA)
            .build();

    @Test
    void addsTheConstantBehindTheColumnsOfTheKey() {
        SourceRecord record = Orders.created(Orders.row(1, "eu"));

        SourceRecord changed = tenant().apply(record);

        assertThat(changed.keySchema()).isEqualTo(EXTENDED);
        assertThat(changed.key()).isEqualTo(new Struct(EXTENDED).put("id", 1L).put("tenant", "acme"));
        assertThat(changed.value()).isSameAs(record.value());
        assertThat(changed.sourceOffset()).isEqualTo(record.sourceOffset());
        assertThat(changed.timestamp()).isEqualTo(5L);
    }

    @Test
    void givesATombstoneTheKeyOfWhatItDeletes() {
        InsertIntoKey<SourceRecord> tenant = tenant();

        SourceRecord deleted = tenant.apply(Orders.deleted(Orders.row(1, "eu")));
        SourceRecord tombstone = tenant.apply(Orders.tombstone(1));

        assertThat(tombstone.value()).isNull();
        assertThat(tombstone.valueSchema()).isNull();
        assertThat(tombstone.key()).isEqualTo(deleted.key());
        assertThat(tombstone.keySchema()).isSameAs(deleted.keySchema());
    }

    @Test
    void leavesARecordWithoutAKeyWithoutOne() {
        SourceRecord truncated = Orders.truncated();

        assertThat(tenant().apply(truncated)).isSameAs(truncated);
    }

    @Test
    void leavesAColumnOfTheSameNameAsItIs() {
        InsertIntoKey<SourceRecord> insert = new InsertIntoKey<>();
        insert.configure(Map.of("static.field", "id", "static.value", "acme"));

        assertThat(insert.apply(Orders.created(Orders.row(1, "eu"))).key()).isEqualTo(Orders.key(1));
    }

    @Test
    void followsAKeyThatChanges() {
        InsertIntoKey<SourceRecord> tenant = tenant();
        Schema later = SchemaBuilder.struct()
                .name(Orders.TOPIC + ".Key")
                .field("number", Schema.STRING_SCHEMA)
                .build();
        tenant.apply(Orders.tombstone(1));

        SourceRecord changed = tenant.apply(Orders.record(later, new Struct(later).put("number", "n"), null, null));

        assertThat(((Struct) changed.key()).getString("number")).isEqualTo("n");
        assertThat(((Struct) changed.key()).getString("tenant")).isEqualTo("acme");
    }

    @Test
    void needsANameForItsField() {
        assertThatThrownBy(() -> new InsertIntoKey<SourceRecord>().configure(Map.of("static.value", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("static.field");
    }

    private static InsertIntoKey<SourceRecord> tenant() {
        InsertIntoKey<SourceRecord> insert = new InsertIntoKey<>();
        insert.configure(Map.of("static.field", "tenant", "static.value", "acme"));
        return insert;
    }
}
