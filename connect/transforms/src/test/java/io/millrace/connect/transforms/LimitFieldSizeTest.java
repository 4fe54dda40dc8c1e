package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class LimitFieldSizeTest {
    @Test
    void cutsALargeTextWithItsSuffixInsideTheLimit() {
        SourceRecord limited = with("truncation.suffix", "...")
                .apply(Orders.created(Orders.row(1, "eu").put("note", "0123456789")));

        assertThat(Orders.after(limited).getString("note")).isEqualTo("01234...");
    }

    @Test
    void cutsBetweenCharactersAndCountsTheirBytes() {
        SourceRecord limited = with("truncation.suffix", "…")
                .apply(Orders.created(Orders.row(1, "eu").put("note", "ää\uD83D\uDE00ä")));

        assertThat(Orders.after(limited).getString("note")).isEqualTo("ää…");
    }

    @Test
    void cutsTheRowBeforeTheChangeAsWell() {
        SourceRecord limited = with().apply(Orders.change(
                "u",
                Optional.of(Orders.row(1, "eu").put("note", "old 56789")),
                Optional.of(Orders.row(1, "eu").put("note", "new 56789"))));

        assertThat(Orders.before(limited).getString("note")).isEqualTo("old 5678");
        assertThat(Orders.after(limited).getString("note")).isEqualTo("new 5678");
        assertThat(limited.valueSchema()).isSameAs(Orders.ENVELOPE);
    }

    @Test
    void cutsBytesWithoutASuffix() {
        LimitFieldSize<SourceRecord> limit = with("truncation.suffix", "...");

        SourceRecord array = limit.apply(Orders.created(Orders.row(1, "eu").put("blob", new byte[9])));
        SourceRecord buffer =
                limit.apply(Orders.created(Orders.row(1, "eu").put("blob", ByteBuffer.wrap(new byte[9]))));

        assertThat(Orders.after(array).getBytes("blob")).hasSize(8);
        assertThat(((ByteBuffer) Orders.after(buffer).get("blob")).remaining()).isEqualTo(8);
    }

    @Test
    void emptiesWhatMayBeNullAndLeavesTheRest() {
        SourceRecord limited = with("oversized.field.behavior", "NULLIFY")
                .apply(Orders.created(
                        Orders.row(1, "eu").put("note", "0123456789").put("title", "0123456789")));

        assertThat(Orders.after(limited).getString("note")).isNull();
        assertThat(Orders.after(limited).getString("title")).isEqualTo("0123456789");
    }

    @Test
    void leavesAloneWhatIsSmallEnoughExcludedOrOfAnotherType() {
        Struct row = Orders.row(1, "eu")
                .put("note", "01234567")
                .put("title", "0123456789")
                .put("document", "{\"a\": 1, \"b\": 2}");

        SourceRecord limited = with(
                        "fields.exclude.list", "orders.title", "semantic.types.exclude", "io.debezium.data.Json")
                .apply(Orders.created(row));

        assertThat(Orders.after(limited)).isEqualTo(row);
    }

    @Test
    void cutsASemanticTypeThatIsNotExcluded() {
        SourceRecord limited = with().apply(Orders.created(Orders.row(1, "eu").put("document", "{\"a\": 1}")));

        assertThat(Orders.after(limited).getString("document")).isEqualTo("{\"a\": 1}");
        assertThat(Orders.after(with().apply(Orders.created(Orders.row(1, "eu").put("document", "{\"a\": 12}"))))
                        .getString("document"))
                .isEqualTo("{\"a\": 12");
    }

    @Test
    void leavesOtherTablesAlone() {
        SourceRecord record = Orders.created(Orders.row(1, "eu").put("note", "0123456789"));

        assertThat(with("fields.include.list", "customers.*").apply(record)).isSameAs(record);
    }

    @Test
    void cutsARowThatIsTheValueItself() {
        Struct row = Orders.row(1, "eu").put("note", "0123456789");
        SourceRecord record = Orders.record(Orders.KEY, Orders.key(1), Orders.ROW, row);

        assertThat(((Struct) with("truncation.suffix", "...").apply(record).value()).getString("note"))
                .isEqualTo("01234...");
        assertThat(with("fields.include.list", "customers.*").apply(record)).isSameAs(record);
    }

    @Test
    void readsANullAsTheDefaultUnlessToldNotTo() {
        SourceRecord record = Orders.created(Orders.row(1, null));

        assertThat(Orders.after(with().apply(record)).getWithoutDefault("region"))
                .isEqualTo("eu");
        assertThat(Orders.after(with("replace.null.with.default", "false").apply(record))
                        .getWithoutDefault("region"))
                .isNull();
    }

    @Test
    void leavesTombstonesAndOtherRecordsAsTheyAre() {
        SourceRecord tombstone = Orders.tombstone(1);
        SourceRecord heartbeat = Orders.heartbeat();

        assertThat(with("max.record.size.bytes", "0").apply(tombstone)).isSameAs(tombstone);
        assertThat(with().apply(heartbeat)).isSameAs(heartbeat);
    }

    @Test
    void refusesASuffixLongerThanTheLimit() {
        assertThatThrownBy(() -> with("truncation.suffix", "123456789"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("truncation.suffix");
    }

    private static LimitFieldSize<SourceRecord> with(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("fields.include.list", "orders.*", "max.field.size.bytes", "8"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        LimitFieldSize<SourceRecord> limit = new LimitFieldSize<>();
        limit.configure(all);
        return limit;
    }
}
