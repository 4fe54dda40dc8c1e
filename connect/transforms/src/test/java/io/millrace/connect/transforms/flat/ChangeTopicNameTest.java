package io.millrace.connect.transforms.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTopicNameTest {
    @ParameterizedTest
    @CsvSource({
        "source_1.public.orders, orders",
        "source_1.public.Caf_u00E9_u0020au_u0020lait, Café au lait",
        "orders, orders",
        "orders., ''"
    })
    void takesTheLastPartOfTheName(String topic, String table) {
        assertThat(renamed(Sold.configured(new ChangeTopicName<>()), topic)).isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource({
        "source_1[.](.*)[.](.*), shop_orders",
        "shop[.](o.*), orders",
        "shop[.].*, shop.orders",
        "(.*)[.](x)?(.*), source_1.shop_orders",
        "customers_(.*), orders"
    })
    void takesWhatAPatternFindsInTheName(String regex, String table) {
        assertThat(renamed(Sold.configured(new ChangeTopicName<>(), "match.regex", regex), "source_1.shop.orders"))
                .isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource({"source_1.shop.orders, bought", "source_2.other.orders, ordered", "source_1.shop.customers, customers"})
    void takesTheNameOfAMapping(String topic, String table) {
        Transformation<SinkRecord> mapping =
                Sold.configured(new ChangeTopicName<>(), "mapping", "orders : ordered\r\n\nshop.orders:bought\nx:y");

        assertThat(renamed(mapping, topic)).isEqualTo(table);
    }

    @Test
    void renamesTombstonesAndTruncationsAndKeepsTheirHeaders() {
        Transformation<SinkRecord> rename = Sold.configured(new ChangeTopicName<>());

        assertThat(rename.apply(Sold.tombstone()).topic()).isEqualTo("sold");
        SinkRecord truncation = rename.apply(Sold.truncation());
        assertThat(truncation.topic()).isEqualTo("sold");
        assertThat(truncation.headers().lastWithName("millrace.operation").value())
                .isEqualTo("t");
    }

    @Test
    void tellsInAHeaderWhatTheTopicWas() {
        Transformation<SinkRecord> rename =
                Sold.configured(new ChangeTopicName<>(), "original.topic.header", "_streamkap_topic");
        SinkRecord record = Sold.record(Sold.row(7, "12", "n"));

        SinkRecord renamed = rename.apply(record);

        assertThat(renamed.topic()).isEqualTo("sold");
        assertThat(renamed.value()).isSameAs(record.value());
        assertThat(renamed.headers().lastWithName("_streamkap_topic").value()).isEqualTo(Sold.TOPIC);
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void refusesWhatIsNoPatternAndWhatIsNoPair() {
        assertThatThrownBy(() -> Sold.configured(new ChangeTopicName<>(), "match.regex", "("))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("match.regex");
        assertThatThrownBy(() -> Sold.configured(new ChangeTopicName<>(), "mapping", "orders"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("source_table:target_table");
    }

    private static String renamed(Transformation<SinkRecord> rename, String topic) {
        return rename.apply(Sold.record(topic, Sold.ROW, Sold.row(7, "12", "n")))
                .topic();
    }
}
