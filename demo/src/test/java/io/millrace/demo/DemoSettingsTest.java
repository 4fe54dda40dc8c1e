package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
    @Test
    void staysUpOnTheUsualPortsWhenNothingIsSaid() {
        assertThat(DemoSettings.parse(List.of()))
                .isEqualTo(new DemoSettings(false, OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void takesEveryOption() {
        assertThat(DemoSettings.parse(List.of("--port", "18080", "--exit", "--kafka-port", "19092")))
                .isEqualTo(new DemoSettings(true, OptionalInt.of(18080), OptionalInt.of(19092)));
    }

    @Test
    void namesAnOptionThatItDoesNotKnow() {
        assertThatThrownBy(() -> DemoSettings.parse(List.of("--fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fast")
                .hasMessageContaining("--exit");
    }

    @Test
    void refusesWhatIsNoPort() {
        for (String port : List.of("0", "65536", "http", "-1", "")) {
            assertThatThrownBy(() -> DemoSettings.parse(List.of("--port", port)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 65535");
        }
        assertThatThrownBy(() -> DemoSettings.parse(List.of("--port"))).hasMessageContaining("--port needs");
    }
}
