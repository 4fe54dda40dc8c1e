package io.millrace.connect.sinks.sql.duckdb;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import io.millrace.connect.sinks.row.Infinite;
import io.millrace.connect.sinks.row.Times;
import io.millrace.connect.sinks.sql.TargetColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Hands values to an appender, which takes nothing but the exact class of its column. */
final class Appended {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int NANOS_PER_MICRO = 1_000;

    private Appended() {}

    static void value(DuckDBAppender to, TargetColumn column, @Nullable Object value) throws SQLException {
        if (value == null) {
            to.appendNull();
            return;
        }
        ColumnType type = column.type().orElse(Plain.TEXT);
        try {
            if (type instanceof ColumnType.Decimal decimal) {
                to.append(decimal(value).setScale(decimal.scale(), RoundingMode.UNNECESSARY));
            } else if (type instanceof ColumnType.Array array) {
                to.append(list(array, (List<?>) value));
            } else {
                plain(to, (Plain) type, value);
            }
        } catch (ClassCastException | ArithmeticException e) {
            throw new SQLDataException(
                    "Conversion Error: value of class " + value.getClass().getSimpleName() + " does not fit column '"
                            + column.name() + "' of type " + column.declared(),
                    "22000",
                    e);
        }
    }

    private static void plain(DuckDBAppender to, Plain type, Object value) throws SQLException {
        switch (type) {
            case BOOLEAN -> to.append((Boolean) value);
            case INT16 -> to.append(((Number) value).shortValue());
            case INT32 -> to.append(((Number) value).intValue());
            case INT64 -> to.append(((Number) value).longValue());
            case FLOAT32 -> to.append(((Number) value).floatValue());
            case FLOAT64 -> to.append(((Number) value).doubleValue());
            case BYTES -> to.append((byte[]) value);
            case DATE -> day(to, value);
            case TIME -> to.appendDayMicros(micros((Duration) value));
            case TIME_ZONED -> to.append((OffsetTime) value);
            case TIMESTAMP, TIMESTAMP_ZONED -> moment(to, value);
            case UUID -> to.append(UUID.fromString((String) value));
            default -> to.append(text(value));
        }
    }

    /** The appender does not look: it would keep a time of MySQL that is negative, or longer than a day, as it is. */
    private static long micros(Duration time) {
        if (time.isNegative() || time.compareTo(DAY) > 0) {
            throw new ArithmeticException(time + " is no time of a day");
        }
        return time.toNanos() / NANOS_PER_MICRO;
    }

    private static void day(DuckDBAppender to, Object value) throws SQLException {
        if (value instanceof Infinite infinite) {
            to.appendEpochDays(infinite == Infinite.FUTURE ? Integer.MAX_VALUE : -Integer.MAX_VALUE);
        } else {
            to.append((LocalDate) value);
        }
    }

    private static void moment(DuckDBAppender to, Object value) throws SQLException {
        if (value instanceof Infinite infinite) {
            to.appendEpochMicros(infinite == Infinite.FUTURE ? Long.MAX_VALUE : -Long.MAX_VALUE);
        } else if (value instanceof LocalDate day) {
            to.append(day.atStartOfDay());
        } else if (value instanceof LocalDateTime local) {
            to.append(local);
        } else {
            to.append((OffsetDateTime) value);
        }
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(((Number) value).longValue());
    }

    private static List<@Nullable Object> list(ColumnType.Array array, List<?> values) {
        List<@Nullable Object> fitting = new ArrayList<>(values.size());
        for (Object value : values) {
            fitting.add(value == null ? null : element(array.element(), value));
        }
        return fitting;
    }

    private static Object element(ColumnType type, Object value) {
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal(value).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        }
        if (type instanceof ColumnType.Array array) {
            return list(array, (List<?>) value);
        }
        return switch ((Plain) type) {
            case INT16 -> ((Number) value).shortValue();
            case INT32 -> ((Number) value).intValue();
            case INT64 -> ((Number) value).longValue();
            case FLOAT32 -> ((Number) value).floatValue();
            case FLOAT64 -> ((Number) value).doubleValue();
            case UUID -> UUID.fromString((String) value);
            case BOOLEAN, BYTES, DATE, TIME, TIME_ZONED, TIMESTAMP, TIMESTAMP_ZONED -> value;
            default -> text(value);
        };
    }

    static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof Duration time ? Times.text(time) : value.toString();
    }
}
