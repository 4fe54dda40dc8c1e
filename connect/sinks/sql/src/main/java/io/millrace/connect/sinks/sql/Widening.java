package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.Optional;

/** Which types can hold the values of which others, and the narrowest that can hold those of both. */
final class Widening {
    private static final int MOST_DIGITS = 38;

    private Widening() {}

    /** Returns the type that a column needs so that it can hold its values and others; nothing when it can as it is. */
    static Optional<ColumnType> needed(ColumnType column, ColumnType wanted) {
        ColumnType both = common(column, wanted);
        return both.equals(column) ? Optional.empty() : Optional.of(both);
    }

    /** Returns the narrowest type that holds the values of both; text holds those of every other. */
    static ColumnType common(ColumnType one, ColumnType other) {
        if (one.equals(other) || one == Plain.TEXT) {
            return one;
        }
        if (isNumber(one) && isNumber(other)) {
            return numbers(one, other);
        }
        if (one instanceof ColumnType.Bits a && other instanceof ColumnType.Bits b) {
            return new ColumnType.Bits(Math.max(a.length(), b.length()));
        }
        if (one instanceof ColumnType.Array a && other instanceof ColumnType.Array b) {
            return new ColumnType.Array(common(a.element(), b.element()));
        }
        if (isJson(one) && isJson(other)) {
            return one;
        }
        if (isDayOrMoment(one) && isDayOrMoment(other)) {
            return Plain.TIMESTAMP;
        }
        return Plain.TEXT;
    }

    private static boolean isJson(ColumnType type) {
        return type == Plain.JSON || type == Plain.JSON_BINARY;
    }

    private static boolean isDayOrMoment(ColumnType type) {
        return type == Plain.DATE || type == Plain.TIMESTAMP;
    }

    private static boolean isNumber(ColumnType type) {
        return integerDigits(type) > 0 || isFloat(type) || type == Plain.NUMBER || type instanceof ColumnType.Decimal;
    }

    private static boolean isFloat(ColumnType type) {
        return type == Plain.FLOAT32 || type == Plain.FLOAT64;
    }

    private static int integerDigits(ColumnType type) {
        if (!(type instanceof Plain plain)) {
            return 0;
        }
        return switch (plain) {
            case INT16 -> 5;
            case INT32 -> 10;
            case INT64 -> 19;
            default -> 0;
        };
    }

    private static ColumnType numbers(ColumnType one, ColumnType other) {
        if (isFloat(one) || isFloat(other)) {
            return floats(one, other);
        }
        if (one == Plain.NUMBER || other == Plain.NUMBER) {
            return Plain.NUMBER;
        }
        if (integerDigits(one) > 0 && integerDigits(other) > 0) {
            return integerDigits(one) >= integerDigits(other) ? one : other;
        }
        ColumnType.Decimal a = decimal(one);
        ColumnType.Decimal b = decimal(other);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return whole + scale <= MOST_DIGITS ? new ColumnType.Decimal(whole + scale, scale) : Plain.NUMBER;
    }

    /** A double holds every float and every integer up to 32 bits; what it does not hold exactly is kept as text. */
    private static ColumnType floats(ColumnType one, ColumnType other) {
        boolean exact = one != Plain.INT64
                && other != Plain.INT64
                && one != Plain.NUMBER
                && other != Plain.NUMBER
                && !(one instanceof ColumnType.Decimal)
                && !(other instanceof ColumnType.Decimal);
        return exact ? Plain.FLOAT64 : Plain.TEXT;
    }

    private static ColumnType.Decimal decimal(ColumnType type) {
        return type instanceof ColumnType.Decimal decimal ? decimal : new ColumnType.Decimal(integerDigits(type), 0);
    }
}
