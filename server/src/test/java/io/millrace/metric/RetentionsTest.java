package io.millrace.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.database.LogRetention;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionsTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    @Test
    void tellsFromTwoLooksHowLongTheLogIsKept() {
        Retentions.Seen first = new Retentions.Seen(NOON, kept(Optional.of(50_000L), 1_000), Optional.empty());
        assertThat(first.secondsLeft()).isEmpty();

        Retentions.Seen second = first.then(NOON.plusSeconds(60), kept(Optional.of(30_000L), 7_000));

        assertThat(second.bytesPerSecond()).contains(100.0);
        assertThat(second.secondsLeft()).contains(300L);
    }

    @Test
    void setsNoEndToALogThatDoesNotGrowOrHasNoLimit() {
        Retentions.Seen first = new Retentions.Seen(NOON, kept(Optional.of(50_000L), 1_000), Optional.empty());

        assertThat(first.then(NOON.plusSeconds(60), kept(Optional.of(50_000L), 1_000))
                        .secondsLeft())
                .isEmpty();
        assertThat(first.then(NOON.plusSeconds(60), kept(Optional.empty(), 7_000))
                        .secondsLeft())
                .isEmpty();
        // another server in the place of the first
        assertThat(first.then(NOON.plusSeconds(60), kept(Optional.of(50_000L), 10))
                        .secondsLeft())
                .isEmpty();
    }

    private static LogRetention kept(Optional<Long> retainable, long position) {
        return new LogRetention(5_000, retainable, position);
    }
}
