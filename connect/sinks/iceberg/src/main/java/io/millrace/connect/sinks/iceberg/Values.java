package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.row.Infinite;
import io.millrace.connect.sinks.row.JsonText;
import io.millrace.connect.sinks.row.Times;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Values of rows as Iceberg's own rows hold them. */
final class Values {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private Values() {}

    /**
     * Returns a value as a type holds it.
     *
     * @throws UnfitException when it cannot
     */
    static @Nullable Object of(Type type, @Nullable Object value) throws UnfitException {
        if (value == null) {
            return null;
        }
        return switch (type.typeId()) {
            case INTEGER -> ((Number) value).intValue();
            case LONG -> ((Number) value).longValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case BINARY -> ByteBuffer.wrap((byte[]) value);
            case DATE -> day(value);
            case TIME -> time((Duration) value);
            case TIMESTAMP -> ((Types.TimestampType) type).shouldAdjustToUTC() ? zoned(value) : moment(value);
            case UUID -> UUID.fromString((String) value);
            case DECIMAL -> decimal((Types.DecimalType) type, value);
            case STRING -> text(value);
            case LIST -> list(type.asListType().elementType(), (List<?>) value);
            default -> value;
        };
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Duration time) {
            return Times.text(time);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof List<?> list ? JsonText.of(list) : value.toString();
    }

    private static LocalDate day(Object value) {
        if (value instanceof Infinite infinite) {
            return LocalDate.ofEpochDay(infinite == Infinite.FUTURE ? Integer.MAX_VALUE : -Integer.MAX_VALUE);
        }
        return (LocalDate) value;
    }

    private static LocalTime time(Duration time) throws UnfitException {
        if (time.isNegative() || time.toDays() > 0) {
            throw new UnfitException("the time " + Times.text(time) + " is not within a day");
        }
        return LocalTime.ofNanoOfDay(time.toNanos()).truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalDateTime moment(Object value) {
        if (value instanceof Infinite infinite) {
            long micros = infinite == Infinite.FUTURE ? Long.MAX_VALUE : -Long.MAX_VALUE;
            return LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, MICROS_PER_SECOND),
                    (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                    ZoneOffset.UTC);
        }
        return value instanceof LocalDate day
                ? day.atStartOfDay()
                : ((LocalDateTime) value).truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime zoned(Object value) {
        return value instanceof Infinite
                ? moment(value).atOffset(ZoneOffset.UTC)
                : ((OffsetDateTime) value).truncatedTo(ChronoUnit.MICROS);
    }

    private static BigDecimal decimal(Types.DecimalType type, Object value) throws UnfitException {
        BigDecimal number = value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
        try {
            BigDecimal scaled = number.setScale(type.scale());
            if (scaled.precision() <= type.precision()) {
                return scaled;
            }
        } catch (ArithmeticException e) {
            // digits would be lost; said below
        }
        throw new UnfitException("the number " + number.toPlainString() + " does not fit " + type);
    }

    private static List<@Nullable Object> list(Type element, List<?> values) throws UnfitException {
        List<@Nullable Object> list = new ArrayList<>(values.size());
        for (Object value : values) {
            list.add(of(element, value));
        }
        return list;
    }

    /** Returns how much memory a value takes, about, in bytes. */
    static long size(@Nullable Object value) {
        if (value instanceof String text) {
            return 48L + text.length();
        }
        if (value instanceof byte[] bytes) {
            return 32L + bytes.length;
        }
        if (value instanceof List<?> list) {
            return 64L + list.stream().mapToLong(Values::size).sum();
        }
        return value == null ? 8 : 48;
    }
}
