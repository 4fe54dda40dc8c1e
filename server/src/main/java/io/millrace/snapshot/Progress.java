package io.millrace.snapshot;

/** The arithmetic of progress (S5): it never falls, and 100 means complete. */
final class Progress {
    /** The most that something incomplete shows. */
    static final double ALMOST = 99.9;

    static final double COMPLETE = 100;

    /** Rows per second that a duration is reckoned with before a source has had a run. */
    static final double USUAL_ROWS_PER_SECOND = 20_000;

    private Progress() {}

    /** Returns {@code part} of {@code whole} in percent, with one decimal, rounded down, at most {@link #ALMOST}. */
    static double percent(long part, long whole) {
        double percent = Math.floor(1000.0 * part / Math.max(1, whole)) / 10;
        return Math.max(0, Math.min(ALMOST, percent));
    }

    /** Returns the milliseconds that {@code rows} take at a rate above 0. */
    static long millisFor(long rows, double rowsPerSecond) {
        return (long) Math.ceil(1000.0 * rows / rowsPerSecond);
    }
}
