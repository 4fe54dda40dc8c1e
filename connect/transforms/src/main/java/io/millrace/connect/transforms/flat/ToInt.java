package io.millrace.connect.transforms.flat;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/** Whole numbers of 64 bits. A number with a fraction does not fit. */
record ToInt() implements Conversion {
    @Override
    public Optional<Converted> of(Schema column) {
        Schema type = column.isOptional() ? Schema.OPTIONAL_INT64_SCHEMA : Schema.INT64_SCHEMA;
        return type.equals(column)
                ? Optional.empty()
                : NumberReader.of(column)
                        .map(read ->
                                new Converted(type, value -> read.apply(value).flatMap(ToInt::exact)));
    }

    private static Optional<Object> exact(BigDecimal number) {
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
