package io.millrace.connect.sinks.sql.duckdb;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of DuckDB as its catalogue writes them. */
final class DuckDbTypes {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
    private static final Map<Plain, String> NAMES = new EnumMap<>(Plain.class);
    private static final Map<String, ColumnType> TYPES = new HashMap<>();

    static {
        NAMES.put(Plain.BOOLEAN, "BOOLEAN");
        NAMES.put(Plain.INT16, "SMALLINT");
        NAMES.put(Plain.INT32, "INTEGER");
        NAMES.put(Plain.INT64, "BIGINT");
        NAMES.put(Plain.FLOAT32, "FLOAT");
        NAMES.put(Plain.FLOAT64, "DOUBLE");
        NAMES.put(Plain.BYTES, "BLOB");
        NAMES.put(Plain.DATE, "DATE");
        NAMES.put(Plain.TIME, "TIME");
        NAMES.put(Plain.TIME_ZONED, "TIME WITH TIME ZONE");
        NAMES.put(Plain.TIMESTAMP, "TIMESTAMP");
        NAMES.put(Plain.TIMESTAMP_ZONED, "TIMESTAMP WITH TIME ZONE");
        NAMES.put(Plain.UUID, "UUID");
        NAMES.put(Plain.JSON, "JSON");
        NAMES.put(Plain.TEXT, "VARCHAR");
        NAMES.forEach((type, name) -> TYPES.put(name, type));
        // A number without bounds is kept as text: a decimal of DuckDB would cut it.
        NAMES.put(Plain.NUMBER, "VARCHAR");
        NAMES.put(Plain.JSON_BINARY, "JSON");
        NAMES.put(Plain.XML, "VARCHAR");
        NAMES.put(Plain.INTERVAL, "VARCHAR");
    }

    private DuckDbTypes() {}

    static String declared(ColumnType type) {
        if (type instanceof Plain plain) {
            return NAMES.getOrDefault(plain, "VARCHAR");
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return type instanceof ColumnType.Array array ? declared(array.element()) + "[]" : "VARCHAR";
    }

    /** Returns what a declared type means; nothing for one that the database has to judge itself. */
    static Optional<ColumnType> meant(String declared) {
        if (declared.endsWith("[]")) {
            return meant(declared.substring(0, declared.length() - 2)).map(ColumnType.Array::new);
        }
        Matcher decimal = DECIMAL.matcher(declared);
        return decimal.matches()
                ? Optional.of(
                        new ColumnType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2))))
                : Optional.ofNullable(TYPES.get(declared));
    }
}
