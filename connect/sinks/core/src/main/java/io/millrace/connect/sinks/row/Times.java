package io.millrace.connect.sinks.row;

import java.time.Duration;

/** Times of day as text. */
public final class Times {
    private static final int NANOS_PER_MICRO = 1_000;

    private Times() {}

    /** Returns {@code 07:05:09.000001}, {@code 24:00:00} or {@code -838:59:59}: hours, minutes, seconds, and the part of a second if there is one. */
    public static String text(Duration sinceMidnight) {
        Duration size = sinceMidnight.abs();
        StringBuilder text = new StringBuilder(sinceMidnight.isNegative() ? "-" : "");
        text.append(String.format("%02d:%02d:%02d", size.toHours(), size.toMinutesPart(), size.toSecondsPart()));
        int nanos = size.toNanosPart();
        if (nanos != 0) {
            text.append(
                    nanos % NANOS_PER_MICRO == 0
                            ? String.format(".%06d", nanos / NANOS_PER_MICRO)
                            : String.format(".%09d", nanos));
        }
        return text.toString();
    }
}
