package io.millrace.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again until something is so; the one place of the demo that sleeps. */
final class Pace {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final Clock clock;

    Pace(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the first {@code look} that {@code fits}; empty when none did within {@code atMost}.
     *
     * @throws DemoFailure when the thread is interrupted
     */
    <T> Optional<T> await(Duration atMost, Supplier<T> look, Predicate<T> fits) {
        Instant end = clock.instant().plus(atMost);
        while (true) {
            T seen = look.get();
            if (fits.test(seen)) {
                return Optional.of(seen);
            }
            if (clock.instant().isAfter(end)) {
                return Optional.empty();
            }
            try {
                Thread.sleep(BETWEEN.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DemoFailure("interrupted", e);
            }
        }
    }
}
