package io.millrace.connect.snapshot.binlog;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Days and times as the server writes them, made what Debezium makes of them when it decodes the log. A day that there is
 * none of ({@code 0000-00-00}, {@code 2026-02-00}) is null there.
 */
final class TemporalText {
    /** Length of {@code 2026-01-15}. */
    private static final int DATE = 10;

    private static final int NANO_DIGITS = 9;

    /** The log counts years from here, and the year 0000 is its zero. */
    private static final int FIRST_YEAR = 1900;

    private TemporalText() {}

    static @Nullable LocalDate date(String text) {
        return day(text).orElse(null);
    }

    static @Nullable LocalDateTime dateTime(String text) {
        return day(text)
                .map(day -> day.atStartOfDay().plus(sinceMidnight(text.substring(DATE + 1))))
                .orElse(null);
    }

    /** The zero of this type is the second 0 in the log. */
    static ZonedDateTime timestamp(String text) {
        LocalDateTime utc = dateTime(text);
        return ZonedDateTime.ofInstant(utc == null ? Instant.EPOCH : utc.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** Takes {@code -838:59:59.000001}. */
    static Duration time(String text) {
        boolean negative = text.startsWith("-");
        Duration length = sinceMidnight(negative ? text.substring(1) : text);
        return negative ? length.negated() : length;
    }

    static Year year(String text) {
        int year = Integer.parseInt(text);
        return Year.of(year == 0 ? FIRST_YEAR : year);
    }

    private static Optional<LocalDate> day(String text) {
        int year = Integer.parseInt(text.substring(0, 4));
        int month = Integer.parseInt(text.substring(5, 7));
        int day = Integer.parseInt(text.substring(8, DATE));
        return year == 0 || month == 0 || day == 0 ? Optional.empty() : Optional.of(LocalDate.of(year, month, day));
    }

    private static Duration sinceMidnight(String text) {
        int minutes = text.indexOf(':') + 1;
        Duration length = Duration.ofHours(Long.parseLong(text.substring(0, minutes - 1)))
                .plusMinutes(Long.parseLong(text.substring(minutes, minutes + 2)))
                .plusSeconds(Long.parseLong(text.substring(minutes + 3, minutes + 5)));
        int fraction = minutes + 6;
        if (fraction >= text.length()) {
            return length;
        }
        String digits = text.substring(fraction);
        return length.plusNanos(Long.parseLong(digits + "0".repeat(NANO_DIGITS - digits.length())));
    }
}
