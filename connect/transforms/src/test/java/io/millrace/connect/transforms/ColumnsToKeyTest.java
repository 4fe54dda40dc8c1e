package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsToKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"orders.region", "public.orders.region", "customers.id, orders.region", "*.region"})
    void copiesTheColumnBehindThoseOfTheKey(String list) {
        SourceRecord record = Orders.created(Orders.row(1, "us"));

        SourceRecord keyed = with(Map.of("fields.include.list", list)).apply(record);

        assertThat(keyed.keySchema().name()).isEqualTo(Orders.TOPIC + ".Key");
        assertThat(keyed.keySchema().fields()).extracting(Field::name).containsExactly("id", "region");
        assertThat(((Struct) keyed.key()).getInt64("id")).isEqualTo(1);
        assertThat(((Struct) keyed.key()).getString("region")).isEqualTo("us");
        assertThat(keyed.value()).isSameAs(record.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers.region", "rders.region", "other.orders.region", "orders.nothing", "orders.id"})
    void leavesKeysAsTheyAreForOtherTablesUnknownColumnsAndThoseOfTheKey(String list) {
        SourceRecord record = Orders.created(Orders.row(1, "us"));

        assertThat(with(Map.of("fields.include.list", list)).apply(record)).isSameAs(record);
    }

    @Test
    void takesTheRowAfterAnUpdateAndBeforeADelete() {
        ColumnsToKey<SourceRecord> region = region();

        SourceRecord updated =
                region.apply(Orders.change("u", Optional.of(Orders.row(1, "eu")), Optional.of(Orders.row(1, "us"))));
        SourceRecord deleted = region.apply(Orders.deleted(Orders.row(1, "us")));

        assertThat(((Struct) updated.key()).getString("region")).isEqualTo("us");
        assertThat(deleted.key()).isEqualTo(updated.key());
    }

    @Test
    void givesATombstoneTheKeyOfItsDelete() {
        ColumnsToKey<SourceRecord> region = region();

        SourceRecord deleted = region.apply(Orders.deleted(Orders.row(1, "us")));
        SourceRecord tombstone = region.apply(Orders.tombstone(1));

        assertThat(tombstone.value()).isNull();
        assertThat(tombstone.key()).isEqualTo(deleted.key());
        assertThat(tombstone.keySchema()).isSameAs(deleted.keySchema());
    }

    @Test
    void leavesTheTombstoneOfAnotherRowAsItIs() {
        ColumnsToKey<SourceRecord> region = region();
        region.apply(Orders.deleted(Orders.row(1, "us")));

        SourceRecord tombstone = Orders.tombstone(2);

        assertThat(region.apply(tombstone)).isSameAs(tombstone);
    }

    @Test
    void makesAKeyWhereThereIsNone() {
        SourceRecord record = Orders.record(null, null, Orders.ENVELOPE, (Struct)
                Orders.created(Orders.row(1, "us")).value());

        SourceRecord keyed = region().apply(record);

        assertThat(keyed.keySchema().name()).isEqualTo(Orders.TOPIC + ".Key");
        assertThat(((Struct) keyed.key()).getString("region")).isEqualTo("us");
        assertThat(keyed.keySchema().fields()).hasSize(1);
    }

    @Test
    void readsANullAsTheDefaultUnlessToldNotTo() {
        SourceRecord record = Orders.created(Orders.row(1, null));

        SourceRecord replaced = region().apply(record);
        SourceRecord kept = with(Map.of("fields.include.list", "orders.region", "replace.null.with.default", "false"))
                .apply(record);

        assertThat(((Struct) replaced.key()).getWithoutDefault("region")).isEqualTo("eu");
        assertThat(((Struct) kept.key()).getWithoutDefault("region")).isNull();
        assertThat(Orders.after(replaced).getWithoutDefault("region")).isNull();
    }

    @Test
    void leavesTruncationsAndOtherRecordsAsTheyAre() {
        SourceRecord truncated = Orders.truncated();
        SourceRecord heartbeat = Orders.heartbeat();
        SourceRecord progress = Orders.progress();

        assertThat(region().apply(truncated)).isSameAs(truncated);
        assertThat(region().apply(heartbeat)).isSameAs(heartbeat);
        assertThat(region().apply(progress)).isSameAs(progress);
    }

    @Test
    void knowsATableByItsTopicAsWell() {
        SourceRecord record = Orders.created(Orders.row(1, "us"));
        SourceRecord renamed = record.newRecord(
                "source_1.public.shop_orders",
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                1L);

        assertThat(with(Map.of("fields.include.list", "shop_orders.region"))
                        .apply(renamed)
                        .keySchema()
                        .fields())
                .hasSize(2);
        assertThat(region().apply(renamed).keySchema().fields()).hasSize(2);
    }

    @Test
    void refusesAnItemWithoutATable() {
        assertThatThrownBy(() -> with(Map.of("fields.include.list", "region")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'region'");
    }

    private static ColumnsToKey<SourceRecord> region() {
        return with(Map.of("fields.include.list", "orders.region"));
    }

    private static ColumnsToKey<SourceRecord> with(Map<String, String> settings) {
        ColumnsToKey<SourceRecord> transform = new ColumnsToKey<>();
        transform.configure(settings);
        return transform;
    }
}
