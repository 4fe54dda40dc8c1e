package io.millrace.connect.transforms.flat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Decimals of at most 38 digits, which every destination has. All values of a column have one scale: a decimal's own, 0
 * for whole numbers, and 18 where values bring their own.
 *
 * @param truncate whether digits behind the scale are cut off; else a value that has such does not fit
 */
record ToDecimal(boolean truncate) implements Conversion {
    static final String PRECISION = "connect.decimal.precision";
    static final int MOST_DIGITS = 38;
    private static final int SCALE = 18;

    @Override
    public Optional<Converted> of(Schema column) {
        if (isDecimal(column) && excess(column) <= 0) {
            return Optional.empty();
        }
        int scale = scale(column);
        Schema type = type(scale, column.isOptional());
        return NumberReader.of(column)
                .map(read -> new Converted(type, value -> read.apply(value).flatMap(number -> fit(number, scale))));
    }

    private static boolean isDecimal(Schema column) {
        return Decimal.LOGICAL_NAME.equals(column.name());
    }

    private static int scale(Schema column) {
        if (isDecimal(column)) {
            return Math.max(0, Integer.parseInt(column.parameters().get(Decimal.SCALE_FIELD)) - excess(column));
        }
        return switch (column.type()) {
            case INT8, INT16, INT32, INT64, BOOLEAN -> 0;
            default -> SCALE;
        };
    }

    /** How many digits more than 38 a decimal is declared with; those are taken from its fraction. */
    private static int excess(Schema decimal) {
        return Integer.parseInt(decimal.parameters().getOrDefault(PRECISION, "0")) - MOST_DIGITS;
    }

    private static Schema type(int scale, boolean optional) {
        SchemaBuilder builder = Decimal.builder(scale).parameter(PRECISION, String.valueOf(MOST_DIGITS));
        return (optional ? builder.optional() : builder).build();
    }

    private Optional<Object> fit(BigDecimal number, int scale) {
        // First, since a number can say that it has a thousand million digits.
        if ((long) number.precision() - number.scale() > MOST_DIGITS - scale) {
            return number.signum() == 0 ? Optional.of(BigDecimal.ZERO.setScale(scale)) : Optional.empty();
        }
        if (number.scale() <= scale) {
            return Optional.of(number.setScale(scale));
        }
        if ((long) number.precision() - number.scale() < -scale) {
            return truncate || number.signum() == 0 ? Optional.of(BigDecimal.ZERO.setScale(scale)) : Optional.empty();
        }
        BigDecimal cut = number.setScale(scale, RoundingMode.DOWN);
        return truncate || cut.compareTo(number) == 0 ? Optional.of(cut) : Optional.empty();
    }
}
