package io.millrace.connect.sinks.sql.mysql;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of MySQL and MariaDB as {@code information_schema} writes them. */
final class MysqlTypes {
    private static final Pattern PARTS = Pattern.compile("([a-z]+)(?:\\((\\d+)(?:,(\\d+))?\\))?(.*)");
    private static final int MOST_DIGITS = 38;
    private static final Map<Plain, String> NAMES = new EnumMap<>(Plain.class);

    static {
        NAMES.put(Plain.BOOLEAN, "tinyint(1)");
        NAMES.put(Plain.INT16, "smallint");
        NAMES.put(Plain.INT32, "int");
        NAMES.put(Plain.INT64, "bigint");
        NAMES.put(Plain.FLOAT32, "float");
        NAMES.put(Plain.FLOAT64, "double");
        NAMES.put(Plain.TEXT, "longtext");
        NAMES.put(Plain.BYTES, "longblob");
        NAMES.put(Plain.DATE, "date");
        NAMES.put(Plain.TIME, "time(6)");
        NAMES.put(Plain.TIMESTAMP, "datetime(6)");
        // Moments are kept in UTC; a timestamp of MySQL ends in 2038.
        NAMES.put(Plain.TIMESTAMP_ZONED, "datetime(6)");
        NAMES.put(Plain.UUID, "char(36)");
        NAMES.put(Plain.JSON, "json");
        NAMES.put(Plain.JSON_BINARY, "json");
    }

    private MysqlTypes() {}

    /** Columns of a key are of a type with a length: the whole of a text cannot be in an index. */
    static String declared(ColumnType type, boolean key) {
        if (type instanceof ColumnType.Decimal decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (!(type instanceof Plain plain)) {
            return type instanceof ColumnType.Array ? "json" : NAMES.get(Plain.TEXT);
        }
        String name = NAMES.getOrDefault(plain, NAMES.get(Plain.TEXT));
        if (!key) {
            return name;
        }
        return switch (name) {
            case "longtext" -> "varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
            case "longblob" -> "varbinary(255)";
            default -> name;
        };
    }

    /** Returns what a declared type means; nothing for one that the database has to judge itself. */
    static Optional<ColumnType> meant(String declared) {
        Matcher parts = PARTS.matcher(declared.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (parts.group(1)) {
                    case "tinyint" -> "1".equals(parts.group(2)) ? Plain.BOOLEAN : Plain.INT16;
                    case "smallint" -> Plain.INT16;
                    case "mediumint", "int" -> parts.group(4).contains("unsigned") ? Plain.INT64 : Plain.INT32;
                    case "bigint" -> Plain.INT64;
                    case "float" -> Plain.FLOAT32;
                    case "double" -> Plain.FLOAT64;
                    case "decimal" -> decimal(parts.group(2), parts.group(3));
                    case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> Plain.TEXT;
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Plain.BYTES;
                    case "date" -> Plain.DATE;
                    case "time" -> Plain.TIME;
                    case "datetime", "timestamp" -> Plain.TIMESTAMP;
                    case "json" -> Plain.JSON;
                    default -> null;
                });
    }

    private static ColumnType decimal(String precision, String scale) {
        return Integer.parseInt(precision) <= MOST_DIGITS
                ? new ColumnType.Decimal(Integer.parseInt(precision), Integer.parseInt(scale))
                : Plain.NUMBER;
    }
}
