package io.millrace.connect.transforms.flat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;

/** Dates and times that Connect and Debezium give as numbers, as text of ISO 8601. */
final class TimeText {
    private static final long NANOS_OF_DAY = TimeUnit.DAYS.toNanos(1);

    private enum Kind {
        DATE,
        TIME,
        TIMESTAMP
    }

    /** What a number counts, and in which unit. */
    private record Count(Kind kind, TimeUnit unit) {
        String text(long count) {
            return switch (kind) {
                case DATE -> LocalDate.ofEpochDay(count).toString();
                case TIME -> time(unit.toNanos(count));
                case TIMESTAMP -> timestamp(count);
            };
        }

        private static String time(long nanos) {
            // A day can end at this time, which is not the one at which it begins.
            return nanos == NANOS_OF_DAY
                    ? "24:00:00"
                    : LocalTime.ofNanoOfDay(nanos).format(DateTimeFormatter.ISO_LOCAL_TIME);
        }

        private String timestamp(long count) {
            long units = unit.convert(1, TimeUnit.SECONDS);
            return LocalDateTime.ofEpochSecond(
                            Math.floorDiv(count, units),
                            (int) unit.toNanos(Math.floorMod(count, units)),
                            ZoneOffset.UTC)
                    .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        }
    }

    private static final Map<String, Count> COUNTS = Map.ofEntries(
            Map.entry("io.debezium.time.Date", new Count(Kind.DATE, TimeUnit.DAYS)),
            Map.entry("io.debezium.time.Time", new Count(Kind.TIME, TimeUnit.MILLISECONDS)),
            Map.entry("io.debezium.time.MicroTime", new Count(Kind.TIME, TimeUnit.MICROSECONDS)),
            Map.entry("io.debezium.time.NanoTime", new Count(Kind.TIME, TimeUnit.NANOSECONDS)),
            Map.entry("io.debezium.time.Timestamp", new Count(Kind.TIMESTAMP, TimeUnit.MILLISECONDS)),
            Map.entry("io.debezium.time.MicroTimestamp", new Count(Kind.TIMESTAMP, TimeUnit.MICROSECONDS)),
            Map.entry("io.debezium.time.NanoTimestamp", new Count(Kind.TIMESTAMP, TimeUnit.NANOSECONDS)),
            Map.entry(org.apache.kafka.connect.data.Date.LOGICAL_NAME, new Count(Kind.DATE, TimeUnit.DAYS)),
            Map.entry(org.apache.kafka.connect.data.Time.LOGICAL_NAME, new Count(Kind.TIME, TimeUnit.MILLISECONDS)),
            Map.entry(
                    org.apache.kafka.connect.data.Timestamp.LOGICAL_NAME,
                    new Count(Kind.TIMESTAMP, TimeUnit.MILLISECONDS)));

    private TimeText() {}

    /** Returns whether values of a type are dates or times given as numbers. */
    static boolean isTime(Schema type) {
        return type.name() != null && COUNTS.containsKey(type.name());
    }

    /** Returns a date or time as text; nothing for a value of another kind. */
    static Optional<String> of(Schema type, Object value) {
        return Optional.ofNullable(type.name()).map(COUNTS::get).map(count -> count.text(number(count, value)));
    }

    private static long number(Count count, Object value) {
        if (value instanceof Date date) {
            return count.unit().convert(date.toInstant().toEpochMilli(), TimeUnit.MILLISECONDS);
        }
        return ((Number) value).longValue();
    }
}
