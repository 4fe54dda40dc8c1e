package io.millrace.connect.sinks.row;

import java.time.Duration;

/** Numbers of calendars and clocks as text. */
public final class Times {
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MICRO_DIGITS = 6;
    private static final int NANO_DIGITS = 9;

    private Times() {}

    /**
     * Returns {@code 07:05:09.000001}, {@code 24:00:00} or {@code -838:59:59}: hours, minutes, seconds, and the part of a
     * second if there is one.
     */
    public static String text(Duration sinceMidnight) {
        StringBuilder text = new StringBuilder();
        append(text, sinceMidnight);
        return text.toString();
    }

    /** Adds what {@link #text} returns. */
    public static void append(StringBuilder to, Duration sinceMidnight) {
        Duration size = sinceMidnight.abs();
        if (sinceMidnight.isNegative()) {
            to.append('-');
        }
        appendPadded(to, size.toHours(), 2);
        to.append(':');
        appendPadded(to, size.toMinutesPart(), 2);
        to.append(':');
        appendPadded(to, size.toSecondsPart(), 2);
        int nanos = size.toNanosPart();
        if (nanos != 0) {
            boolean micros = nanos % NANOS_PER_MICRO == 0;
            to.append('.');
            appendPadded(to, micros ? nanos / NANOS_PER_MICRO : nanos, micros ? MICRO_DIGITS : NANO_DIGITS);
        }
    }

    /** Adds a number that is not negative, with zeros in front up to a width. */
    public static void appendPadded(StringBuilder to, long number, int width) {
        String digits = Long.toString(number);
        to.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
