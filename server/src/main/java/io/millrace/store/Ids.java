package io.millrace.store;

import java.time.Clock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes ids: 24 lower-case hex digits, the first eight the seconds since 1970. None holds 429, 502, 503 or 504, because
 * ids are quoted in error texts and clients take those numbers there for a status to retry on. Thread-safe if its
 * random generator is.
 */
public final class Ids {
    private static final Pattern WELL_FORMED = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern MISLEADING = Pattern.compile("429|502|503|504");

    private final Clock clock;
    private final RandomGenerator random;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Returns an id that was not there before. */
    public String next() {
        long seconds = clock.instant().getEpochSecond();
        // The time itself may hold such a number for a whole day; then the next second that does not is taken.
        while (MISLEADING.matcher(time(seconds)).find()) {
            seconds++;
        }
        while (true) {
            String id = time(seconds) + "%016x".formatted(random.nextLong());
            if (!MISLEADING.matcher(id).find()) {
                return id;
            }
        }
    }

    /** Returns whether a text has the form of an id, known or not. */
    public static boolean wellFormed(String text) {
        return WELL_FORMED.matcher(text).matches();
    }

    private static String time(long seconds) {
        return "%08x".formatted(seconds & 0xffffffffL);
    }
}
