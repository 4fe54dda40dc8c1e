package io.millrace.connect.sinks.clickhouse;

import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of ClickHouse, as they are written in its catalogue. */
final class ColumnTypes {
    static final String TEXT = "String";

    private static final List<String> INTEGERS = List.of("Int8", "Int16", "Int32", "Int64", "Int128", "Int256");
    private static final Pattern DECIMAL = Pattern.compile("Decimal\\((\\d+), (\\d+)\\)");
    private static final int MOST_DIGITS = 76;

    /** Types that we make; one that somebody else chose is left to its owner, who knows what it holds. */
    private static final Pattern OURS =
            Pattern.compile("Int\\d+|Float\\d+|Decimal\\(.*|String|Bool|Date32|DateTime64\\(.*|UUID|JSON|Array\\(.*");

    private ColumnTypes() {}

    /**
     * Returns the type for a column.
     *
     * @param json whether JSON has a type of its own
     */
    static String of(Column column, boolean isKey, boolean json) {
        String type = plain(column.type(), json);
        boolean nullable = column.optional() && !isKey && isNullable(type);
        return nullable ? nullable(type) : type;
    }

    private static String plain(ColumnType type, boolean json) {
        if (type instanceof ColumnType.Decimal decimal) {
            return "Decimal(" + decimal.precision() + ", " + decimal.scale() + ")";
        }
        if (type instanceof ColumnType.Array array) {
            String element = plain(array.element(), false);
            return "Array(" + (isNullable(element) ? nullable(element) : element) + ")";
        }
        return type instanceof Plain plain ? plain(plain, json) : TEXT;
    }

    private static String plain(Plain type, boolean json) {
        return switch (type) {
            case BOOLEAN -> "Bool";
            case INT16 -> "Int16";
            case INT32 -> "Int32";
            case INT64 -> "Int64";
            case FLOAT32 -> "Float32";
            case FLOAT64 -> "Float64";
            case DATE -> "Date32";
            case TIMESTAMP, TIMESTAMP_ZONED -> "DateTime64(6, 'UTC')";
            case UUID -> "UUID";
            case JSON, JSON_BINARY -> json ? "JSON" : TEXT;
            // A number without bounds and the times of day have no type that holds them all.
            case NUMBER, TEXT, BYTES, TIME, TIME_ZONED, XML, INTERVAL -> TEXT;
        };
    }

    /** Returns whether values are written as text, whatever they are. */
    static boolean isText(String type) {
        return bare(type).equals(TEXT);
    }

    /** Returns the type without {@code Nullable}. */
    static String bare(String type) {
        return type.startsWith("Nullable(") ? type.substring("Nullable(".length(), type.length() - 1) : type;
    }

    private static boolean isNullable(String type) {
        return !type.startsWith("Array(") && !type.equals("JSON");
    }

    private static String nullable(String type) {
        return "Nullable(" + type + ")";
    }

    /** What to do with a column that is there. */
    record Change(boolean possible, Optional<String> to) {}

    /** Returns how a column of one type comes to hold the values of another; nothing to do when it does already. */
    static Change widened(String from, String to, boolean isKey) {
        boolean nullable = from.startsWith("Nullable(") || (to.startsWith("Nullable(") && !isKey);
        Optional<String> type = holding(bare(from), bare(to));
        if (type.isEmpty()) {
            return new Change(false, Optional.empty());
        }
        String wanted = nullable && isNullable(type.get()) ? nullable(type.get()) : type.get();
        boolean same = wanted.equals(from);
        return new Change(same || !isKey, same ? Optional.empty() : Optional.of(wanted));
    }

    /** Returns the smallest type that holds the values of both. */
    private static Optional<String> holding(String one, String other) {
        if (one.equals(other) || one.equals(TEXT) || !OURS.matcher(one).matches()) {
            return Optional.of(one);
        }
        if (one.startsWith("Array(") && other.startsWith("Array(")) {
            return holding(bare(element(one)), bare(element(other)))
                    .map(type -> "Array(" + (isNullable(type) ? nullable(type) : type) + ")");
        }
        if (INTEGERS.contains(one) && INTEGERS.contains(other)) {
            return Optional.of(INTEGERS.indexOf(one) > INTEGERS.indexOf(other) ? one : other);
        }
        if (one.startsWith("Float") && other.startsWith("Float")) {
            return Optional.of("Float64");
        }
        Matcher had = DECIMAL.matcher(one);
        Matcher has = DECIMAL.matcher(other);
        if (had.matches() && has.matches()) {
            return decimal(had, has);
        }
        boolean comparable = one.startsWith("DateTime64(") && other.startsWith("DateTime64(");
        if (comparable) {
            return Optional.of(one);
        }
        return other.equals(TEXT) ? Optional.of(TEXT) : Optional.empty();
    }

    private static String element(String array) {
        return array.substring("Array(".length(), array.length() - 1);
    }

    private static Optional<String> decimal(Matcher one, Matcher other) {
        int scale = Math.max(Integer.parseInt(one.group(2)), Integer.parseInt(other.group(2)));
        int before = Math.max(before(one), before(other));
        return before + scale > MOST_DIGITS
                ? Optional.of(TEXT)
                : Optional.of("Decimal(" + (before + scale) + ", " + scale + ")");
    }

    private static int before(Matcher decimal) {
        return Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2));
    }
}
