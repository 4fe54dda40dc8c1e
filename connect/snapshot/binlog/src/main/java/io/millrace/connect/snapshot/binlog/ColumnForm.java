package io.millrace.connect.snapshot.binlog;

import io.debezium.relational.Column;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a column is read: as text that says its value exactly, made the object that Debezium gets when it decodes the log.
 * So a row that was read and a row that was streamed go through the same conversion and come out the same.
 *
 * <p>A driver's own objects would not do: it has no time before midnight, moves local times by the zone of this process,
 * and gets a float in six digits.
 *
 * @param selected what to select
 * @param decoder makes the object
 */
record ColumnForm(String selected, Decoder decoder) {
    /** Most bits of the fraction of a float that a column of type {@code FLOAT(n)} keeps. */
    private static final int FLOAT_BITS = 24;

    private static final int UUID_BYTES = 16;

    private static final Decoder TEXT = ResultSet::getString;
    private static final Decoder BYTES = ResultSet::getBytes;

    /** How columns of a type are read, by the first word of its name in upper case. */
    private enum Family {
        NUMBER,
        DECIMAL,
        FLOAT,
        DOUBLE,
        BIT,
        TEXT,
        ENUM,
        SET,
        BYTES,
        DATE,
        DATETIME,
        TIMESTAMP,
        TIME,
        YEAR,
        UUID,
        OTHER
    }

    private static final Map<String, Family> FAMILIES = Map.ofEntries(
            Map.entry("BOOL", Family.NUMBER),
            Map.entry("BOOLEAN", Family.NUMBER),
            Map.entry("TINYINT", Family.NUMBER),
            Map.entry("INT1", Family.NUMBER),
            Map.entry("SMALLINT", Family.NUMBER),
            Map.entry("INT2", Family.NUMBER),
            Map.entry("MEDIUMINT", Family.NUMBER),
            Map.entry("MIDDLEINT", Family.NUMBER),
            Map.entry("INT3", Family.NUMBER),
            Map.entry("INT", Family.NUMBER),
            Map.entry("INTEGER", Family.NUMBER),
            Map.entry("INT4", Family.NUMBER),
            Map.entry("BIGINT", Family.NUMBER),
            Map.entry("INT8", Family.NUMBER),
            Map.entry("SERIAL", Family.NUMBER),
            Map.entry("DECIMAL", Family.DECIMAL),
            Map.entry("DEC", Family.DECIMAL),
            Map.entry("NUMERIC", Family.DECIMAL),
            Map.entry("FIXED", Family.DECIMAL),
            Map.entry("FLOAT", Family.FLOAT),
            Map.entry("FLOAT4", Family.FLOAT),
            Map.entry("DOUBLE", Family.DOUBLE),
            Map.entry("FLOAT8", Family.DOUBLE),
            Map.entry("REAL", Family.DOUBLE),
            Map.entry("BIT", Family.BIT),
            Map.entry("ENUM", Family.ENUM),
            Map.entry("SET", Family.SET),
            Map.entry("BINARY", Family.BYTES),
            Map.entry("VARBINARY", Family.BYTES),
            Map.entry("TINYBLOB", Family.BYTES),
            Map.entry("BLOB", Family.BYTES),
            Map.entry("MEDIUMBLOB", Family.BYTES),
            Map.entry("LONGBLOB", Family.BYTES),
            Map.entry("GEOMETRY", Family.BYTES),
            Map.entry("POINT", Family.BYTES),
            Map.entry("LINESTRING", Family.BYTES),
            Map.entry("POLYGON", Family.BYTES),
            Map.entry("MULTIPOINT", Family.BYTES),
            Map.entry("MULTILINESTRING", Family.BYTES),
            Map.entry("MULTIPOLYGON", Family.BYTES),
            Map.entry("GEOMETRYCOLLECTION", Family.BYTES),
            Map.entry("GEOMCOLLECTION", Family.BYTES),
            Map.entry("VECTOR", Family.BYTES),
            Map.entry("DATE", Family.DATE),
            Map.entry("DATETIME", Family.DATETIME),
            Map.entry("TIMESTAMP", Family.TIMESTAMP),
            Map.entry("TIME", Family.TIME),
            Map.entry("YEAR", Family.YEAR),
            Map.entry("UUID", Family.UUID),
            Map.entry("CHAR", Family.TEXT),
            Map.entry("VARCHAR", Family.TEXT),
            Map.entry("TINYTEXT", Family.TEXT),
            Map.entry("TEXT", Family.TEXT),
            Map.entry("MEDIUMTEXT", Family.TEXT),
            Map.entry("LONGTEXT", Family.TEXT),
            Map.entry("JSON", Family.TEXT));

    /** Types under other names than these. */
    private static final Set<Integer> BINARY = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

    /** Makes the object of a value. */
    @FunctionalInterface
    interface Decoder {
        /** Returns the value in a column of the present row. */
        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }

    /** Makes the object of a text. */
    @FunctionalInterface
    private interface TextDecoder {
        @Nullable
        Object read(String text);
    }

    static ColumnForm of(Column column) {
        String name = Sql.quoted(column.name());
        String text = "CAST(" + name + " AS CHAR)";
        String number = "CAST(" + name + " + 0 AS CHAR)";
        String exact = "CAST(" + name + " * 1e0 AS CHAR)";
        String type = column.typeName().toUpperCase(Locale.ROOT);
        return switch (FAMILIES.getOrDefault(type.split("[ (]", 2)[0], Family.OTHER)) {
            case NUMBER -> new ColumnForm(text, number(type));
            case DECIMAL -> new ColumnForm(text, of(BigDecimal::new));
            case FLOAT ->
                column.scale().isPresent() || column.length() <= FLOAT_BITS
                        ? new ColumnForm(exact, of(value -> (float) Double.parseDouble(value)))
                        : new ColumnForm(exact, of(Double::valueOf));
            case DOUBLE -> new ColumnForm(exact, of(Double::valueOf));
            case BIT -> new ColumnForm(number, of(value -> BitSet.valueOf(new long[] {Long.parseUnsignedLong(value)})));
            case ENUM -> new ColumnForm(number, of(Integer::valueOf));
            case SET -> new ColumnForm(number, of(Long::parseUnsignedLong));
            case BYTES -> new ColumnForm(name, BYTES);
            case DATE -> new ColumnForm(text, of(TemporalText::date));
            case DATETIME -> new ColumnForm(text, of(TemporalText::dateTime));
            case TIMESTAMP -> new ColumnForm(text, of(TemporalText::timestamp));
            case TIME -> new ColumnForm(text, of(TemporalText::time));
            case YEAR -> new ColumnForm(text, of(TemporalText::year));
            case UUID -> new ColumnForm(text, of(ColumnForm::uuid));
            case TEXT -> new ColumnForm("CONVERT(" + name + " USING utf8mb4)", TEXT);
            case OTHER -> BINARY.contains(column.jdbcType()) ? new ColumnForm(name, BYTES) : new ColumnForm(text, TEXT);
        };
    }

    private static Decoder number(String type) {
        if (!type.startsWith("BIGINT") && !type.startsWith("INT8") && !type.startsWith("SERIAL")) {
            return of(Long::valueOf);
        }
        return type.contains("UNSIGNED") || type.startsWith("SERIAL") ? of(BigDecimal::new) : of(Long::valueOf);
    }

    private static byte[] uuid(String text) {
        UUID uuid = UUID.fromString(text);
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private static Decoder of(TextDecoder decoder) {
        return (row, column) -> {
            String text = row.getString(column);
            return text == null ? null : decoder.read(text);
        };
    }

    /** Returns the value in a column of the present row, as the log has it. */
    @Nullable
    Object read(ResultSet row, int column) throws SQLException {
        return decoder.read(row, column);
    }
}
