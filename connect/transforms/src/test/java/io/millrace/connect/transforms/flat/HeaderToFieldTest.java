package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderToFieldTest {
    @ParameterizedTest
    @CsvSource({
        "true, BOOLEAN, BOOLEAN",
        "7, int8, INT8",
        "7, INT16, INT16",
        "7, INT32, INT32",
        "7, INT64, INT64",
        "1.5, FLOAT32, FLOAT32",
        "1.5, FLOAT64, FLOAT64",
        "abc, String, STRING"
    })
    void readsAHeaderAsItsType(String text, String type, Schema.Type expected) {
        SinkRecord changed = headers("trace:" + type).apply(traced(text));

        assertThat(changed.valueSchema().field("trace").schema().type()).isEqualTo(expected);
        assertThat(changed.valueSchema().field("trace").schema().isOptional()).isTrue();
        assertThat(Sold.value(changed).get("trace")).hasToString(text);
    }

    @Test
    void givesTheColumnANameOfItsOwn() {
        SinkRecord changed = headers("trace:STRING:trace_id, none:INT64").apply(traced("abc"));

        assertThat(Sold.columns(changed)).containsExactly("id", "total", "note", "region", "trace_id", "none");
        assertThat(Sold.value(changed).get("trace_id")).isEqualTo("abc");
        assertThat(Sold.value(changed).get("none")).isNull();
    }

    @Test
    void leavesAColumnThatIsThereAsItIs() {
        SinkRecord record = traced("abc");

        assertThat(headers("trace:STRING:note").apply(record)).isSameAs(record);
    }

    @Test
    void refusesARecordWhoseHeaderCannotBeReadAsItsType() {
        assertThatThrownBy(() -> headers("trace:INT64").apply(traced("abc"))).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace", "trace:TEXT", ":STRING", "trace:STRING:"})
    void refusesAnItemOfAnotherForm(String item) {
        assertThatThrownBy(() -> headers(item))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("header.mappings");
    }

    private static SinkRecord traced(String text) {
        SinkRecord record = Sold.record(Sold.row(7, "12", "n"));
        record.headers().addString("trace", "an earlier one");
        record.headers().addString("trace", text);
        return record;
    }

    private static Transformation<SinkRecord> headers(String mappings) {
        return Sold.configured(new HeaderToField<>(), "header.mappings", mappings);
    }
}
