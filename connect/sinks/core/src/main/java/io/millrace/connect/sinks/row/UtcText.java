package io.millrace.connect.sinks.row;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Moments in the form in which nearly all of them come, {@code 2024-02-29T23:59:59.123456Z} with up to nine digits behind the
 * point or none: read in a tenth of the time that a formatter takes.
 */
final class UtcText {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int POINT = FORM.length();
    private static final int MOST_DIGITS = 9;

    private UtcText() {}

    /**
     * Returns the moment; nothing for a text of another form.
     *
     * @throws java.time.DateTimeException when there is no such day or time
     */
    static Optional<OffsetDateTime> read(String text) {
        int end = text.length() - 1;
        if (end < POINT || text.charAt(end) != 'Z' || !hasForm(text)) {
            return Optional.empty();
        }
        int nanos = end == POINT ? 0 : nanos(text, end);
        return nanos < 0 ? Optional.empty() : Optional.of(moment(text, nanos));
    }

    private static OffsetDateTime moment(String text, int nanos) {
        return OffsetDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                nanos,
                ZoneOffset.UTC);
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < POINT; i++) {
            char wanted = FORM.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    /** Returns -1 for what is no fraction of a second. */
    private static int nanos(String text, int end) {
        int digits = end - POINT - 1;
        if (text.charAt(POINT) != '.' || digits < 1 || digits > MOST_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < MOST_DIGITS; i++) {
            int at = POINT + 1 + i;
            char c = at < end ? text.charAt(at) : '0';
            if (c < '0' || c > '9') {
                return -1;
            }
            nanos = nanos * 10 + c - '0';
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
