package io.millrace.connect.sinks.row;

import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * What schemas of Connect and of Debezium mean.
 *
 * @see <a href="https://debezium.io/documentation/reference/3.5/connectors/postgresql.html#postgresql-data-types">data
 *     types of Debezium</a>
 */
final class Readings {
    /** As precise as every database can store exactly. */
    private static final int MOST_DIGITS = 38;

    private static final ColumnType UNSIGNED = new ColumnType.Decimal(20, 0);

    private static final Map<String, Reading> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("org.apache.kafka.connect.data.Date", of(Plain.DATE, day -> Moments.day((Date) day)));
        BY_NAME.put("org.apache.kafka.connect.data.Time", of(Plain.TIME, time -> Moments.time((Date) time)));
        BY_NAME.put("org.apache.kafka.connect.data.Timestamp", of(Plain.TIMESTAMP, at -> Moments.moment((Date) at)));
        BY_NAME.put("io.debezium.time.Date", of(Plain.DATE, days -> Moments.day((Integer) days)));
        BY_NAME.put("io.debezium.time.Time", of(Plain.TIME, millis -> Duration.ofMillis((Integer) millis)));
        BY_NAME.put(
                "io.debezium.time.MicroTime", of(Plain.TIME, micros -> Duration.of((Long) micros, ChronoUnit.MICROS)));
        BY_NAME.put("io.debezium.time.NanoTime", of(Plain.TIME, nanos -> Duration.ofNanos((Long) nanos)));
        BY_NAME.put("io.debezium.time.ZonedTime", of(Plain.TIME_ZONED, text -> Moments.zonedTime((String) text)));
        BY_NAME.put("io.debezium.time.Timestamp", of(Plain.TIMESTAMP, millis -> Moments.ofMillis((Long) millis)));
        BY_NAME.put("io.debezium.time.MicroTimestamp", of(Plain.TIMESTAMP, micros -> Moments.ofMicros((Long) micros)));
        BY_NAME.put("io.debezium.time.NanoTimestamp", of(Plain.TIMESTAMP, nanos -> Moments.ofNanos((Long) nanos)));
        BY_NAME.put("io.debezium.time.ZonedTimestamp", of(Plain.TIMESTAMP_ZONED, text -> Moments.zoned((String) text)));
        BY_NAME.put("io.debezium.time.MicroDuration", of(Plain.INTERVAL, micros -> Moments.duration((Long) micros)));
        BY_NAME.put("io.debezium.time.Interval", Reading.as(Plain.INTERVAL));
        BY_NAME.put("io.debezium.data.Uuid", Reading.as(Plain.UUID));
        BY_NAME.put("io.debezium.data.Xml", Reading.as(Plain.XML));
        BY_NAME.put("io.debezium.data.VariableScaleDecimal", of(Plain.NUMBER, Readings::variableScale));
    }

    private Readings() {}

    /** Returns how values of a schema are read; what is not known by its name is read by its kind. */
    static Reading of(Schema schema) {
        String name = String.valueOf(schema.name());
        Reading known = BY_NAME.get(name);
        if (known != null) {
            return known;
        }
        return switch (name) {
            case Decimal.LOGICAL_NAME -> Reading.as(decimal(schema));
            case "io.debezium.data.Json" -> Reading.as(isBinary(schema) ? Plain.JSON_BINARY : Plain.JSON);
            case "io.debezium.data.Bits" ->
                bits(parameter(schema, "length").map(Integer::valueOf).orElse(Integer.MAX_VALUE));
            default -> byKind(schema);
        };
    }

    /** What MySQL and MariaDB say of a column whose numbers Debezium tells by the same 64 bits with a sign. */
    private static boolean isUnsigned(Schema schema) {
        return parameter(schema, "__debezium.source.column.type")
                .filter(type -> type.startsWith("BIGINT UNSIGNED"))
                .isPresent();
    }

    private static BigDecimal unsigned(Object value) {
        return new BigDecimal(Long.toUnsignedString((Long) value));
    }

    private static boolean isBinary(Schema json) {
        return parameter(json, "millrace.json").filter("binary"::equals).isPresent();
    }

    private static Reading bits(int length) {
        return of(new ColumnType.Bits(length), bytes -> bits(bytes(bytes), length));
    }

    private static Reading byKind(Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> Reading.as(Plain.BOOLEAN);
            case INT8 -> of(Plain.INT16, value -> ((Byte) value).shortValue());
            case INT16 -> Reading.as(Plain.INT16);
            case INT32 -> Reading.as(Plain.INT32);
            case INT64 -> isUnsigned(schema) ? of(UNSIGNED, Readings::unsigned) : Reading.as(Plain.INT64);
            case FLOAT32 -> Reading.as(Plain.FLOAT32);
            case FLOAT64 -> Reading.as(Plain.FLOAT64);
            case STRING -> Reading.as(Plain.TEXT);
            case BYTES -> of(Plain.BYTES, Readings::bytes);
            case ARRAY -> array(of(schema.valueSchema()));
            case MAP, STRUCT -> of(Plain.JSON, value -> JsonText.of(schema, value));
        };
    }

    private static Reading array(Reading element) {
        return of(new ColumnType.Array(element.type()), value -> {
            List<Object> values = new ArrayList<>();
            for (Object one : (List<?>) value) {
                values.add(one == null ? null : element.reader().read(one));
            }
            return values;
        });
    }

    private static ColumnType decimal(Schema schema) {
        int scale = parameter(schema, Decimal.SCALE_FIELD).map(Integer::valueOf).orElse(0);
        Optional<Integer> precision =
                parameter(schema, "connect.decimal.precision").map(Integer::valueOf);
        return precision.isPresent() && precision.get() <= MOST_DIGITS && scale >= 0 && scale <= precision.get()
                ? new ColumnType.Decimal(precision.get(), scale)
                : Plain.NUMBER;
    }

    private static BigDecimal variableScale(Object value) {
        Struct struct = (Struct) value;
        return new BigDecimal(new BigInteger(struct.getBytes("value")), struct.getInt32("scale"));
    }

    static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Debezium writes the lowest byte first, and leaves out the highest ones where they are 0. */
    private static String bits(byte[] lowestFirst, int length) {
        StringBuilder bits = new StringBuilder();
        for (int i = lowestFirst.length - 1; i >= 0; i--) {
            for (int bit = 7; bit >= 0; bit--) {
                bits.append((lowestFirst[i] >> bit & 1) == 1 ? '1' : '0');
            }
        }
        if (length == Integer.MAX_VALUE) {
            return bits.toString();
        }
        return length < bits.length()
                ? bits.substring(bits.length() - length)
                : "0".repeat(length - bits.length()) + bits;
    }

    private static Optional<String> parameter(Schema schema, String name) {
        return Optional.ofNullable(schema.parameters()).map(parameters -> parameters.get(name));
    }

    private static Reading of(ColumnType type, ValueReader reader) {
        return new Reading(type, reader);
    }
}
