package io.millrace.connect.sinks.row;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/** Days, times and moments as Debezium writes them. */
final class Moments {
    private static final long MICROS_PER_SECOND = 1_000_000;

    // What Debezium makes of PostgreSQL's infinite values.
    private static final long FUTURE_MICROS = 9_223_372_036_825_200_000L;
    private static final long PAST_MICROS = -9_223_372_036_832_400_000L;
    private static final int FUTURE_DAY =
            (int) LocalDate.parse("+5877611-06-21").toEpochDay();
    private static final int PAST_DAY = (int) LocalDate.parse("-5877611-06-22").toEpochDay();

    private Moments() {}

    static Object day(int days) {
        if (days == FUTURE_DAY) {
            return Infinite.FUTURE;
        }
        return days == PAST_DAY ? Infinite.PAST : LocalDate.ofEpochDay(days);
    }

    static LocalDate day(Date day) {
        return LocalDate.ofInstant(day.toInstant(), ZoneOffset.UTC);
    }

    static Duration time(Date time) {
        return Duration.ofMillis(time.toInstant().toEpochMilli());
    }

    static OffsetTime zonedTime(String text) {
        return OffsetTime.parse(text);
    }

    static LocalDateTime moment(Date moment) {
        return LocalDateTime.ofInstant(moment.toInstant(), ZoneOffset.UTC);
    }

    static LocalDateTime ofMillis(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    static Object ofMicros(long micros) {
        if (micros >= FUTURE_MICROS) {
            return Infinite.FUTURE;
        }
        if (micros <= PAST_MICROS) {
            return Infinite.PAST;
        }
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1_000,
                ZoneOffset.UTC);
    }

    static LocalDateTime ofNanos(long nanos) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(nanos, ChronoUnit.NANOS), ZoneOffset.UTC);
    }

    static Object zoned(String text) {
        if (text.equals(Infinite.FUTURE.toString())) {
            return Infinite.FUTURE;
        }
        if (text.equals(Infinite.PAST.toString())) {
            return Infinite.PAST;
        }
        return UtcText.read(text).orElseGet(() -> OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC));
    }

    static String duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS).toString();
    }
}
