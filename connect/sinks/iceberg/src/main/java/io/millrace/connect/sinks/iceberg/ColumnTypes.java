package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;

/** Types of Iceberg for those of columns, and which can hold the values of which others. */
final class ColumnTypes {
    private static final int MOST_DIGITS = 38;
    private static final int INT_DIGITS = 10;
    private static final int LONG_DIGITS = 19;

    /** Ids of elements only have to differ inside one schema; the library gives them anew. */
    private static final AtomicInteger ELEMENTS = new AtomicInteger(1_000_000);

    private ColumnTypes() {}

    /** Returns the type of new columns. */
    static Type of(ColumnType type) {
        if (type instanceof Plain plain) {
            return of(plain);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return Types.DecimalType.of(decimal.precision(), decimal.scale());
        }
        return type instanceof ColumnType.Array array
                ? Types.ListType.ofOptional(ELEMENTS.incrementAndGet(), of(array.element()))
                : Types.StringType.get();
    }

    private static Type of(Plain type) {
        return switch (type) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT16, INT32 -> Types.IntegerType.get();
            case INT64 -> Types.LongType.get();
            case FLOAT32 -> Types.FloatType.get();
            case FLOAT64 -> Types.DoubleType.get();
            case BYTES -> Types.BinaryType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMP_ZONED -> Types.TimestampType.withZone();
            case UUID -> Types.UUIDType.get();
            case NUMBER, TEXT, TIME_ZONED, JSON, JSON_BINARY, XML, INTERVAL -> Types.StringType.get();
        };
    }

    /** Returns a word for a type that can stand in the name of a column. */
    static String word(Type type) {
        return type.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("_$", "");
    }

    /**
     * Returns the type that a column needs to hold its values and those of another type: its own, or one that Iceberg can
     * make of it. Nothing when there is none.
     */
    static Optional<Type> holding(Type column, Type wanted) {
        if (column.isListType() && wanted.isListType()) {
            return holding(
                            column.asListType().elementType(),
                            wanted.asListType().elementType())
                    .filter(Type::isPrimitiveType)
                    .map(element ->
                            Types.ListType.ofOptional(column.asListType().elementId(), element));
        }
        if (column.equals(wanted) || column.typeId() == TypeID.STRING) {
            return Optional.of(column);
        }
        return switch (column.typeId()) {
            case INTEGER -> wanted.typeId() == TypeID.LONG ? Optional.of(wanted) : Optional.empty();
            case LONG -> wanted.typeId() == TypeID.INTEGER ? Optional.of(column) : Optional.empty();
            case FLOAT -> wanted.typeId() == TypeID.DOUBLE ? Optional.of(wanted) : Optional.empty();
            case DOUBLE ->
                wanted.typeId() == TypeID.FLOAT || wanted.typeId() == TypeID.INTEGER
                        ? Optional.of(column)
                        : Optional.empty();
            case DECIMAL -> decimal((Types.DecimalType) column, wanted);
            case TIMESTAMP ->
                wanted.typeId() == TypeID.DATE && !((Types.TimestampType) column).shouldAdjustToUTC()
                        ? Optional.of(column)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Iceberg adds digits in front of the point, and none behind it. */
    private static Optional<Type> decimal(Types.DecimalType column, Type wanted) {
        int whole;
        if (wanted instanceof Types.DecimalType other && other.scale() <= column.scale()) {
            whole = other.precision() - other.scale();
        } else if (wanted.typeId() == TypeID.INTEGER) {
            whole = INT_DIGITS;
        } else if (wanted.typeId() == TypeID.LONG) {
            whole = LONG_DIGITS;
        } else {
            return Optional.empty();
        }
        int precision = Math.max(column.precision(), whole + column.scale());
        return precision <= MOST_DIGITS
                ? Optional.of(Types.DecimalType.of(precision, column.scale()))
                : Optional.empty();
    }
}
