package io.millrace.connect.transforms.flat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Values that stand for a null: the smallest number, 1970 for times, {@code __null__} for text, nothing for lists. */
final class Sentinels {
    private static final String TEXT = "__null__";

    /** Texts that have a form; a destination would refuse any other. */
    private static final Map<String, String> FORMED = Map.of(
            "io.debezium.data.Json", "\"" + TEXT + "\"",
            "io.debezium.data.Uuid", "00000000-0000-0000-0000-000000000000",
            "io.debezium.time.ZonedTimestamp", "1970-01-01T00:00:00Z",
            "io.debezium.time.ZonedTime", "00:00:00Z",
            "io.debezium.time.Interval", "P0Y0M0DT0H0M0S");

    /** Times of Connect; those of Debezium are numbers that count from 1970 or from midnight. */
    private static final Set<String> CONNECTS_TIMES =
            Set.of(org.apache.kafka.connect.data.Date.LOGICAL_NAME, Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME);

    private Sentinels() {}

    /** Returns the value for columns of a schema; nothing for a struct, which has none. */
    static Optional<Object> of(Schema column) {
        String name = String.valueOf(column.name());
        if (CONNECTS_TIMES.contains(name)) {
            return Optional.of(Date.from(Instant.EPOCH));
        }
        boolean counts = name.startsWith("io.debezium.time.");
        return switch (column.type()) {
            case INT8 -> Optional.of(Byte.MIN_VALUE);
            case INT16 -> Optional.of(Short.MIN_VALUE);
            case INT32 -> Optional.of(counts ? 0 : Integer.MIN_VALUE);
            case INT64 -> Optional.of(counts ? 0L : Long.MIN_VALUE);
            case FLOAT32 -> Optional.of(-Float.MAX_VALUE);
            case FLOAT64 -> Optional.of(-Double.MAX_VALUE);
            case BOOLEAN -> Optional.of(false);
            case STRING -> Optional.of(FORMED.getOrDefault(name, TEXT));
            case BYTES -> Optional.of(isDecimal(column) ? decimal(column) : TEXT.getBytes(StandardCharsets.UTF_8));
            case ARRAY -> Optional.of(List.of());
            case MAP -> Optional.of(Map.of());
            case STRUCT -> NumberReader.isVariableScale(column) ? Optional.of(variableScale(column)) : Optional.empty();
        };
    }

    private static boolean isDecimal(Schema column) {
        return Decimal.LOGICAL_NAME.equals(column.name());
    }

    private static BigDecimal decimal(Schema column) {
        int precision =
                Integer.parseInt(column.parameters().getOrDefault(ToDecimal.PRECISION, "" + ToDecimal.MOST_DIGITS));
        int scale = Integer.parseInt(column.parameters().get(Decimal.SCALE_FIELD));
        return new BigDecimal(
                BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).negate(), scale);
    }

    private static Struct variableScale(Schema column) {
        BigInteger smallest = BigInteger.TEN
                .pow(ToDecimal.MOST_DIGITS)
                .subtract(BigInteger.ONE)
                .negate();
        Struct number = new Struct(column);
        for (Field field : column.fields()) {
            number.put(field, field.schema().type() == Schema.Type.BYTES ? smallest.toByteArray() : (Object) 0);
        }
        return number;
    }
}
