package io.millrace.database.compare;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Days, times, moments and intervals as products write them, as numbers. */
final class MomentText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final int MICRO_DIGITS = 6;

    /** A twelfth of 365.25 days, which is what connectors take a month for. */
    private static final BigDecimal MICROS_PER_MONTH = BigDecimal.valueOf(2_629_800L * MICROS_PER_SECOND);

    private static final String DAY = "(\\d{1,9})-(\\d\\d)-(\\d\\d)( \\(BC\\))?";
    private static final String CLOCK = "(\\d{1,4}):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?";
    private static final String ZONE = "(Z|[+-]\\d\\d(?::?\\d\\d)?(?::?\\d\\d)?)?";
    private static final Pattern MOMENT = Pattern.compile(DAY + "(?:[ T]" + CLOCK + ")? ?" + ZONE + "( BC)?");
    private static final Pattern TIME = Pattern.compile("(-?)" + CLOCK + ZONE);
    private static final String WHOLE = "(?:([+-]?\\d+)%s)?";
    private static final Pattern INTERVAL = Pattern.compile("P" + WHOLE.formatted("Y") + WHOLE.formatted("M")
            + WHOLE.formatted("D") + "(?:T" + WHOLE.formatted("H") + WHOLE.formatted("M")
            + "(?:([+-]?\\d+(?:\\.\\d+)?)S)?)?");

    private MomentText() {}

    static String day(String text) {
        return endless(text) ? word(text) : String.valueOf(epochDay(matched(MOMENT, text)));
    }

    /** Returns microseconds since 1970; a moment without an offset is in UTC. */
    static String moment(String text) {
        if (endless(text)) {
            return word(text);
        }
        Matcher parts = matched(MOMENT, text);
        long ofDay = parts.group(5) == null ? 0 : clock(parts, 5);
        return String.valueOf(epochDay(parts) * MICROS_PER_DAY + ofDay - offset(parts.group(9)));
    }

    static String time(String text) {
        Matcher parts = matched(TIME, text);
        long micros = clock(parts, 2);
        return String.valueOf(parts.group(1).isEmpty() ? micros : -micros);
    }

    /** Returns the microsecond of the day in UTC. */
    static String zonedTime(String text) {
        Matcher parts = matched(TIME, text);
        return String.valueOf(Math.floorMod(clock(parts, 2) - offset(parts.group(6)), MICROS_PER_DAY));
    }

    static String interval(String text) {
        Matcher parts = matched(INTERVAL, text);
        BigDecimal months =
                number(parts.group(1)).multiply(BigDecimal.valueOf(12)).add(number(parts.group(2)));
        BigDecimal seconds = number(parts.group(4))
                .multiply(BigDecimal.valueOf(60))
                .add(number(parts.group(5)))
                .multiply(BigDecimal.valueOf(60))
                .add(number(parts.group(6)));
        return ValueKind.Plain.NUMBER.canonical(months.multiply(MICROS_PER_MONTH)
                .add(number(parts.group(3)).multiply(BigDecimal.valueOf(MICROS_PER_DAY)))
                .add(seconds.multiply(BigDecimal.valueOf(MICROS_PER_SECOND)))
                .toPlainString());
    }

    private static BigDecimal number(@Nullable String digits) {
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher parts = pattern.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form that is expected");
        }
        return parts;
    }

    private static long epochDay(Matcher parts) {
        int year = Integer.parseInt(parts.group(1));
        boolean before = parts.group(4) != null || parts.group(10) != null;
        int month = Integer.parseInt(parts.group(2));
        int day = Integer.parseInt(parts.group(3));
        try {
            return LocalDate.of(before ? 1 - year : year, month, day).toEpochDay();
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static long clock(Matcher parts, int group) {
        long seconds = Long.parseLong(parts.group(group)) * 3600 + Long.parseLong(parts.group(group + 1)) * 60;
        if (parts.group(group + 2) != null) {
            seconds += Long.parseLong(parts.group(group + 2));
        }
        String fraction = parts.group(group + 3) == null ? "" : parts.group(group + 3);
        String micros = (fraction + "0".repeat(MICRO_DIGITS)).substring(0, MICRO_DIGITS);
        return seconds * MICROS_PER_SECOND + Long.parseLong(micros);
    }

    private static long offset(@Nullable String zone) {
        return zone == null ? 0 : ZoneOffset.of(zone).getTotalSeconds() * MICROS_PER_SECOND;
    }

    private static boolean endless(String text) {
        return text.toLowerCase(Locale.ROOT).contains("inf");
    }

    private static String word(String text) {
        return text.startsWith("-") ? "-infinity" : "infinity";
    }
}
