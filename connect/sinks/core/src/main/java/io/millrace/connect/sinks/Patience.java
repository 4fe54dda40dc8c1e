package io.millrace.connect.sinks;

import java.time.Duration;
import java.util.Optional;

/** How long trouble may last, and how long to wait in between. Counts failures in a row; not thread-safe. */
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration all;
    private Duration waited = Duration.ZERO;
    private Duration next = FIRST;

    /** @param all sum of the waits after which to give up */
    Patience(Duration all) {
        this.all = all;
    }

    /** Returns how long to wait before the next attempt; nothing when it is time to give up. */
    Optional<Duration> afterFailure() {
        if (waited.compareTo(all) >= 0) {
            return Optional.empty();
        }
        Duration wait = next;
        waited = waited.plus(wait);
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return Optional.of(wait);
    }

    /** An attempt went well. */
    void renew() {
        waited = Duration.ZERO;
        next = FIRST;
    }
}
