package io.millrace.connect.sinks.files.format;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.Infinite;
import io.millrace.connect.sinks.row.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * Values as Avro and Parquet count them: days, and microseconds; finer parts are cut off. What is infinite is the greatest
 * or least number, which DuckDB writes and reads so.
 */
final class Numbers {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final Duration DAY = Duration.ofDays(1);

    private Numbers() {}

    static int day(Object value) throws UnfitException {
        if (value instanceof Infinite infinite) {
            return infinite == Infinite.FUTURE ? Integer.MAX_VALUE : -Integer.MAX_VALUE;
        }
        long day = ((LocalDate) value).toEpochDay();
        if (day != (int) day) {
            throw new UnfitException("The day " + value + " is too far away");
        }
        return (int) day;
    }

    static long moment(Object value) throws UnfitException {
        if (value instanceof Infinite infinite) {
            return infinite == Infinite.FUTURE ? Long.MAX_VALUE : -Long.MAX_VALUE;
        }
        LocalDateTime utc = value instanceof OffsetDateTime zoned
                ? zoned.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : (LocalDateTime) value;
        try {
            return Math.addExact(
                    Math.multiplyExact(utc.toEpochSecond(ZoneOffset.UTC), MICROS_PER_SECOND),
                    utc.get(ChronoField.MICRO_OF_SECOND));
        } catch (ArithmeticException e) {
            throw new UnfitException("The moment " + value + " is too far away", e);
        }
    }

    static long time(Object value) throws UnfitException {
        Duration time = (Duration) value;
        if (time.isNegative() || time.compareTo(DAY) > 0) {
            throw new UnfitException(
                    "The time " + Times.text(time) + " is not within a day; a file of text can hold it");
        }
        return time.truncatedTo(ChronoUnit.MICROS).toNanos() / NANOS_PER_MICRO;
    }

    /** Returns the number without its point. */
    static BigInteger unscaled(ColumnType.Decimal type, Object value) throws UnfitException {
        BigDecimal number = (BigDecimal) value;
        try {
            BigInteger unscaled = number.setScale(type.scale()).unscaledValue();
            if (new BigDecimal(unscaled).precision() > type.precision()) {
                throw new UnfitException("The number " + value + " has more than " + type.precision() + " digits");
            }
            return unscaled;
        } catch (ArithmeticException e) {
            throw new UnfitException(
                    "The number " + value + " has more than " + type.scale() + " digits behind the point", e);
        }
    }

    /** Returns what is kept as text. */
    static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
