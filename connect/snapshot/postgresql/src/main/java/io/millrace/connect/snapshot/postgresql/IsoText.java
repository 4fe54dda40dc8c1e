package io.millrace.connect.snapshot.postgresql;

/**
 * Dates and times as the server writes them with {@code DateStyle=ISO}, as long as they are of the common kind: years 1
 * to 9999, neither BC nor infinite. All others are {@link #UNCOMMON}, and somebody else's to read.
 */
final class IsoText {
    static final long UNCOMMON = Long.MIN_VALUE;

    static final int DATE = 10;

    /** Length of {@code YYYY-MM-DD HH:MM:SS}. */
    static final int SECONDS = 19;

    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final int MOST_FRACTION = 6;

    private IsoText() {}

    /** Returns the day of a {@code YYYY-MM-DD}, counted from 1970 in the calendar that has no end. */
    static long epochDay(byte[] text, int start, int length) {
        if (length != DATE || text[start + 4] != '-' || text[start + 7] != '-') {
            return UNCOMMON;
        }
        long year = digits(text, start, 4);
        long month = digits(text, start + 5, 2);
        long day = digits(text, start + 8, 2);
        if ((year | month | day) < 0) {
            return UNCOMMON;
        }
        // years that begin in March, so that the day that comes and goes is the last one
        long months = year * 12 + month - 3;
        long marchYear = Math.floorDiv(months, 12);
        long monthOfYear = Math.floorMod(months, 12);
        return marchYear * 365
                + marchYear / 4
                - marchYear / 100
                + marchYear / 400
                + (monthOfYear * 153 + 2) / 5
                + day
                - 719_469;
    }

    /** Returns the microseconds from 1970 of a {@code YYYY-MM-DD HH:MM:SS} with up to six digits behind the point. */
    static long epochMicros(byte[] text, int start, int length) {
        if (!isTimestamp(text, start, length)) {
            return UNCOMMON;
        }
        long day = epochDay(text, start, DATE);
        long hour = digits(text, start + 11, 2);
        long minute = digits(text, start + 14, 2);
        long second = digits(text, start + 17, 2);
        long fraction = 0;
        int fractionDigits = Math.max(0, length - SECONDS - 1);
        if (fractionDigits > 0) {
            fraction = digits(text, start + SECONDS + 1, fractionDigits);
        }
        if (day == UNCOMMON || (hour | minute | second | fraction) < 0) {
            return UNCOMMON;
        }
        for (int i = fractionDigits; i < MOST_FRACTION; i++) {
            fraction *= 10;
        }
        return day * MICROS_OF_DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction;
    }

    /** Returns whether the separators are where a timestamp of the common kind has them; says nothing of the digits. */
    static boolean isTimestamp(byte[] text, int start, int length) {
        return length >= SECONDS
                && length <= SECONDS + 1 + MOST_FRACTION
                && text[start + 4] == '-'
                && text[start + DATE] == ' '
                && text[start + 13] == ':'
                && text[start + 16] == ':'
                && (length == SECONDS || text[start + SECONDS] == '.' && length > SECONDS + 1);
    }

    private static long digits(byte[] text, int start, int count) {
        long number = 0;
        for (int i = start; i < start + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
