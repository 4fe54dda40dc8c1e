package io.millrace.metric;

import java.time.Duration;
import java.time.Instant;

/** Width of the stretches of time that figures are kept by, and for how many of them. */
enum Resolution {
    /** For 48 hours. */
    MINUTE(Duration.ofMinutes(1), 48 * 60),
    /** For 60 days. */
    HOUR(Duration.ofHours(1), 60 * 24),
    /** For two years. */
    DAY(Duration.ofDays(1), 2 * 366);

    private final Duration width;
    private final int slots;

    Resolution(Duration width, int slots) {
        this.width = width;
        this.slots = slots;
    }

    Duration width() {
        return width;
    }

    /** Returns how long figures are kept. */
    Duration span() {
        return width.multipliedBy(slots);
    }

    /** Returns the number of the stretch that a moment is in, counted from 1970. */
    long number(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), width.toSeconds());
    }

    /** Returns when the stretch of a number begins. */
    Instant start(long number) {
        return Instant.ofEpochSecond(number * width.toSeconds());
    }

    /** Returns the place of a stretch in the ring, where it takes the place of the one that is too old. */
    int slot(long number) {
        return (int) Math.floorMod(number, (long) slots);
    }

    /** Returns the oldest stretch that is kept at a moment. */
    long oldest(Instant now) {
        return number(now) - slots + 1;
    }
}
