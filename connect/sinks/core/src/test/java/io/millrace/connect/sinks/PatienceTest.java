package io.millrace.connect.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Patience patience = new Patience(Duration.ofSeconds(10));

    @Test
    void waitsLongerEachTimeAndGivesUpInTheEnd() {
        Duration waited = Duration.ZERO;
        Duration before = Duration.ZERO;
        for (Optional<Duration> wait = patience.afterFailure(); wait.isPresent(); wait = patience.afterFailure()) {
            assertThat(wait.get()).isGreaterThanOrEqualTo(before);
            before = wait.get();
            waited = waited.plus(before);
        }
        assertThat(waited).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    @Test
    void beginsAnewAfterASuccess() {
        Duration first = patience.afterFailure().orElseThrow();
        patience.afterFailure();

        patience.renew();

        assertThat(patience.afterFailure()).contains(first);
    }
}
