package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class InsertFieldTest {
    @Test
    void addsTheOffset() {
        SinkRecord changed = Sold.configured(new InsertField<>(), "offset.field", "_streamkap_offset")
                .apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.value(changed).getInt64("_streamkap_offset")).isEqualTo(42);
        assertThat(changed.valueSchema().field("_streamkap_offset").schema()).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
        assertThat(Sold.value(changed).getWithoutDefault("region")).isNull();
    }

    @Test
    void addsTheNameOfTheTopic() {
        SinkRecord changed = Sold.configured(new InsertField<>(), "topic.field", "_streamkap_topic")
                .apply(Sold.record(Sold.row(7, "12", "n")));

        assertThat(Sold.value(changed).getString("_streamkap_topic")).isEqualTo(Sold.TOPIC);
    }

    @Test
    void leavesAColumnOfThatNameAsItIs() {
        SinkRecord record = Sold.record(Sold.row(7, "12", "n"));

        assertThat(Sold.configured(new InsertField<>(), "offset.field", "id").apply(record))
                .isSameAs(record);
    }

    @Test
    void hasNoOffsetForARecordThatWasNotRead() {
        InsertField<SourceRecord> insert = new InsertField<>();
        insert.configure(Map.of("offset.field", "o"));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), Sold.TOPIC, Sold.ROW, Sold.row(7, "12", "n"));

        assertThatThrownBy(() -> insert.apply(record)).isInstanceOf(DataException.class);
    }

    @Test
    void needsOneFieldToAdd() {
        assertThatThrownBy(() -> Sold.configured(new InsertField<>()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("offset.field");
        assertThatThrownBy(() -> Sold.configured(new InsertField<>(), "offset.field", "a", "topic.field", "b"))
                .isInstanceOf(ConfigException.class);
    }
}
