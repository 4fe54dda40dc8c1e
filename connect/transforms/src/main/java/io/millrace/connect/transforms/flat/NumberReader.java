package io.millrace.connect.transforms.flat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads values as exact numbers, whatever form their column gives them. */
final class NumberReader {
    private static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";

    private NumberReader() {}

    /**
     * Returns what reads the values of a column: true as 1 and false as 0, text as what it says. A value that is no
     * number gives nothing; for a column that never has one there is no reader.
     */
    static Optional<Function<Object, Optional<BigDecimal>>> of(Schema column) {
        if (isVariableScale(column)) {
            return Optional.of(value -> Optional.of(variableScale((Struct) value)));
        }
        return switch (column.type()) {
            case INT8, INT16, INT32, INT64 ->
                Optional.of(value -> value instanceof Number number
                        ? Optional.of(BigDecimal.valueOf(number.longValue()))
                        : Optional.empty());
            case FLOAT32, FLOAT64, STRING -> Optional.of(value -> parse(value.toString()));
            case BOOLEAN -> Optional.of(value -> Optional.of((Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO));
            case BYTES ->
                Decimal.LOGICAL_NAME.equals(column.name())
                        ? Optional.of(value -> Optional.of((BigDecimal) value))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Returns whether a column holds decimals that bring their own scale. */
    static boolean isVariableScale(Schema column) {
        return column.type() == Schema.Type.STRUCT && VARIABLE_SCALE.equals(column.name());
    }

    private static Optional<BigDecimal> parse(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal variableScale(Struct value) {
        return new BigDecimal(new BigInteger(value.getBytes("value")), value.getInt32("scale"));
    }
}
