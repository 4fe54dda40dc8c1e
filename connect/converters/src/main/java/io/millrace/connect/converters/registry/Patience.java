package io.millrace.connect.converters.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * How long and how often an unreachable registry is asked again: after 100 ms, then twice as long each time up to 5 s,
 * until the limit is over.
 */
public final class Patience {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration limit;
    private final Clock clock;
    private final Pause pause;

    /** Makes a patience with a clock and a way to wait of the caller's. */
    public Patience(Duration limit, Clock clock, Pause pause) {
        this.limit = limit;
        this.clock = clock;
        this.pause = pause;
    }

    /** Returns a patience of real time. */
    public static Patience of(Duration limit) {
        return new Patience(limit, Clock.systemUTC(), duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
    }

    Duration limit() {
        return limit;
    }

    Attempts begin() {
        return new Attempts(clock.instant().plus(limit));
    }

    /** Waits for the given time. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after {@code duration}. */
        void rest(Duration duration) throws InterruptedException;
    }

    /** The attempts of one call. */
    final class Attempts {
        private final Instant end;
        private Duration next = FIRST;

        private Attempts(Instant end) {
            this.end = end;
        }

        /** Waits before the next attempt; returns false at once if there is to be none. */
        boolean again() {
            if (!clock.instant().plus(next).isBefore(end)) {
                return false;
            }
            try {
                pause.rest(next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectException("Interrupted while waiting for the schema registry", e);
            }
            next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
            return true;
        }
    }
}
