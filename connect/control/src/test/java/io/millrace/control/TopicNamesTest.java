package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {
    @ParameterizedTest
    @CsvSource({
        "public.orders, public.orders",
        "Order-Items_2, Order-Items_2",
        "caf\u00e9 au lait, caf_u00E9_u0020au_u0020lait",
        "a\"b, a_u0022b",
        "x_u00E9, x_u005Fu00E9",
        "x_u00e9, x_u00e9"
    })
    void onlyWhatKafkaForbidsIsEscaped(String name, String topic) {
        assertThat(TopicNames.escape(name)).isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ude00", "_u005F", "__u00E9_u", "tab\there", "\u8868.\u8868", "_u_u0020"})
    void everyNameComesBack(String name) {
        assertThat(TopicNames.unescape(TopicNames.escape(name))).isEqualTo(name);
    }

    @Test
    void theTopicOfATableHasThePrefixInFront() {
        assertThat(TopicNames.of("source_1", new TableName("public", "my table")))
                .isEqualTo("source_1.public.my_u0020table");
    }
}
