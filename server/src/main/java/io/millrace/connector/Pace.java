package io.millrace.connector;

import java.time.Duration;
import java.time.Instant;

/**
 * When to try again: at once after a change, else after a time that doubles with every attempt.
 *
 * @param attempts attempts made in a row
 * @param revision revision at the last attempt
 * @param next earliest time of the next one
 */
public record Pace(int attempts, long revision, Instant next) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** How long a connector must be well for its attempts to be forgotten. */
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    /** Nothing tried yet. */
    public static final Pace FRESH = new Pace(0, -1, Instant.EPOCH);

    /** Returns whether it is time, for what is wanted in a revision. */
    public boolean allows(long wanted, Instant now) {
        return wanted > revision || !now.isBefore(next);
    }

    /** Returns the pace after one more attempt. */
    public Pace attempted(long at, Instant now) {
        int made = at > revision ? 1 : attempts + 1;
        Duration wait = FIRST.multipliedBy(1L << Math.min(made - 1, 6));
        return new Pace(made, at, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
    }
}
