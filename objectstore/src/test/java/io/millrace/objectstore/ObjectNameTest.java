package io.millrace.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNameTest {
    private static final ObjectName.First FIRST =
            new ObjectName.First("shop.orders", 3, 42, Instant.parse("2026-01-02T03:04:05Z"), "k7");

    @ParameterizedTest
    @CsvSource({
        "{{topic}}-{{partition}}-{{start_offset}}, shop.orders-3-42",
        "{{topic}}/{{ timestamp:unit=yyyy }}/{{timestamp:unit=MM}}/{{timestamp:unit=dd}}/{{timestamp:unit=HH}}/"
                + "{{partition:padding=true}}-{{start_offset:padding=true}},"
                + " shop.orders/2026/01/02/03/0000000003-00000000000000000042",
        "{{topic}}-{{partition:padding=false}}-{{start_offset}}-{{timestamp}}, shop.orders-3-42-2026010203",
        "latest/{{topic}}/{{key}}.json, latest/shop.orders/k7.json"
    })
    void fillsThePlacesOfATemplate(String template, String name) {
        assertThat(ObjectName.of(template).of(FIRST)).isEqualTo(name);
    }

    @Test
    void knowsWhetherThereIsAFileForEachKey() {
        assertThat(ObjectName.of("{{topic}}-{{key}}").byKey()).isTrue();
        assertThat(ObjectName.of("{{topic}}-{{partition}}-{{start_offset}}").byKey())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "{{topic}}-{{timestamp:unit=HH}}, start_offset",
        "{{start_offset}}, beside",
        "{{topic}}-{{partition}}-{{offset}}, names {{offset}}",
        "{{topic}}-{{partition}}-{{start_offset}}-{{timestamp:unit=mm}}, unit 'mm'",
        "{{topic}}-{{partition}}-{{start_offset}}}}, braces",
        "{{topic:padding=true}}-{{key}}, parameter"
    })
    void saysWhatIsWrongWithATemplate(String template, String reason) {
        assertThatThrownBy(() -> ObjectName.of(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
