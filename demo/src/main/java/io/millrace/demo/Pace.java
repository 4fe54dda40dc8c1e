package io.millrace.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again until something is so; the one place of the demo that sleeps. */
public final class Pace {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final Clock clock;

    /** @param clock says when time is up */
    public Pace(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the first {@code look} that {@code fits}; empty when none did within {@code atMost}.
     *
     * @throws DemoFailure when the thread is interrupted
     */
    public <T> Optional<T> await(Duration atMost, Supplier<T> look, Predicate<T> fits) {
        Instant end = clock.instant().plus(atMost);
        while (true) {
            T seen = look.get();
            if (fits.test(seen)) {
                return Optional.of(seen);
            }
            if (clock.instant().isAfter(end)) {
                return Optional.empty();
            }
            rest(BETWEEN);
        }
    }

    /**
     * Lets time pass, where passing time is what is measured.
     *
     * @throws DemoFailure when the thread is interrupted
     */
    public void rest(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }
}
