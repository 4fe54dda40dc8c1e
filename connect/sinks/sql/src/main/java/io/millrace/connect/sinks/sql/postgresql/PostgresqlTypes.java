package io.millrace.connect.sinks.sql.postgresql;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of PostgreSQL as {@code format_type} writes them. */
final class PostgresqlTypes {
    private static final Pattern WITH_PARAMETERS = Pattern.compile("([a-z ]+)\\((\\d+)(?:,(-?\\d+))?\\)(.*)");
    private static final int MOST_DIGITS = 38;
    private static final Map<Plain, String> NAMES = new EnumMap<>(Plain.class);
    private static final Map<String, ColumnType> TYPES = new HashMap<>();

    static {
        NAMES.put(Plain.BOOLEAN, "boolean");
        NAMES.put(Plain.INT16, "smallint");
        NAMES.put(Plain.INT32, "integer");
        NAMES.put(Plain.INT64, "bigint");
        NAMES.put(Plain.FLOAT32, "real");
        NAMES.put(Plain.FLOAT64, "double precision");
        NAMES.put(Plain.NUMBER, "numeric");
        NAMES.put(Plain.TEXT, "text");
        NAMES.put(Plain.BYTES, "bytea");
        NAMES.put(Plain.DATE, "date");
        NAMES.put(Plain.TIME, "time without time zone");
        NAMES.put(Plain.TIME_ZONED, "time with time zone");
        NAMES.put(Plain.TIMESTAMP, "timestamp without time zone");
        NAMES.put(Plain.TIMESTAMP_ZONED, "timestamp with time zone");
        NAMES.put(Plain.UUID, "uuid");
        NAMES.put(Plain.JSON, "json");
        NAMES.put(Plain.JSON_BINARY, "jsonb");
        NAMES.put(Plain.XML, "xml");
        NAMES.put(Plain.INTERVAL, "interval");
        NAMES.forEach((type, name) -> TYPES.put(name, type));
        TYPES.put("character varying", Plain.TEXT);
        TYPES.put("bit varying", new ColumnType.Bits(Integer.MAX_VALUE));
    }

    private PostgresqlTypes() {}

    static String declared(ColumnType type) {
        if (type instanceof Plain plain) {
            return NAMES.getOrDefault(plain, "text");
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return type instanceof ColumnType.Array array ? element(array.element()) + "[]" : "bit varying";
    }

    /** An array of arrays has the type of an array. */
    private static String element(ColumnType type) {
        return type instanceof ColumnType.Array array ? element(array.element()) : declared(type);
    }

    /** Returns what a declared type means; nothing for one that the database has to judge itself. */
    static Optional<ColumnType> meant(String declared) {
        if (declared.endsWith("[]")) {
            return meant(declared.substring(0, declared.length() - 2)).map(ColumnType.Array::new);
        }
        Matcher parameters = WITH_PARAMETERS.matcher(declared);
        if (!parameters.matches()) {
            return Optional.ofNullable(TYPES.get(declared));
        }
        String name = parameters.group(1) + parameters.group(4);
        int first = Integer.parseInt(parameters.group(2));
        if (name.equals("numeric")) {
            int scale = parameters.group(3) == null ? 0 : Integer.parseInt(parameters.group(3));
            return Optional.of(
                    first <= MOST_DIGITS && scale >= 0 && scale <= first
                            ? new ColumnType.Decimal(first, scale)
                            : Plain.NUMBER);
        }
        // Shorter than what a source may send: the database says when something is too long.
        return Optional.ofNullable(TYPES.get(name));
    }
}
