package io.millrace.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.EngineException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final int MANY = 1_000;

    @Test
    void givesNoFreePortTwice() {
        Set<Integer> claimed = new HashSet<>();
        try (Ports ports = new Ports()) {
            for (int i = 0; i < MANY; i++) {
                claimed.add(ports.claim("broker", "", "127.0.0.1", 0));
            }
        }
        assertThat(claimed).hasSize(MANY);
    }

    @Test
    void refusesAPortThatIsClaimedForSomethingElse() {
        try (Ports ports = new Ports()) {
            int port = ports.claim("broker", "--kafka-port", "127.0.0.1", 0);

            assertThatThrownBy(() -> ports.claim("controller", "0 takes a free one", "127.0.0.1", port))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("the controller cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("0 takes a free one");
        }
    }

    @Test
    void letsGoWhatItClaimed() {
        int port;
        try (Ports ports = new Ports()) {
            port = ports.claim("broker", "", "127.0.0.1", 0);
        }
        try (Ports ports = new Ports()) {
            assertThat(ports.claim("broker", "", "127.0.0.1", port)).isEqualTo(port);
        }
    }
}
