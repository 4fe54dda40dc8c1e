package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

class StringReplaceTest {
    @Test
    void replacesOnePatternAfterTheOther() {
        assertThat(replaced("a,b", "b,c", "aab")).isEqualTo("ccc");
    }

    @Test
    void fillsInGroupsAndTakesAway() {
        assertThat(replaced("(\\d+)-(\\d+), +", "$2/$1,", "12-34  x")).isEqualTo("34/12x");
    }

    @Test
    void leavesOtherColumnsNullsAndTheSchemaAsTheyAre() {
        SinkRecord record = Sold.record(Sold.row(7, "a", null));

        SinkRecord changed = replace("a", "b").apply(record);

        assertThat(changed).isSameAs(record);
        assertThat(Sold.value(changed).getString("total")).isEqualTo("a");
    }

    @Test
    void doesNotChangeTheRecordThatItWasGiven() {
        SinkRecord record = Sold.record(Sold.row(7, "a", "a"));

        SinkRecord changed = replace("a", "b").apply(record);

        assertThat(Sold.value(record).getString("note")).isEqualTo("a");
        assertThat(Sold.value(changed).getString("note")).isEqualTo("b");
        assertThat(changed.valueSchema()).isSameAs(Sold.ROW);
    }

    @Test
    void refusesWhatIsNoPairAndWhatIsNoPattern() {
        assertThatThrownBy(() -> replace("a,b", "c"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("replacement.values");
        assertThatThrownBy(() -> replace("(", "c"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("regex.patterns");
    }

    private static String replaced(String patterns, String replacements, String note) {
        return Sold.value(replace(patterns, replacements).apply(Sold.record(Sold.row(7, "x", note))))
                .getString("note");
    }

    private static Transformation<SinkRecord> replace(String patterns, String replacements) {
        return Sold.configured(
                new StringReplace<>(),
                "fields.include.list",
                "sold.note,sold.id",
                "regex.patterns",
                patterns,
                "replacement.values",
                replacements);
    }
}
