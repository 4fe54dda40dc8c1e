package io.millrace.connect.transforms.flat;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/** Binary floating point numbers of 64 bits, the nearest to the value. One that is too large does not fit. */
record ToFloat() implements Conversion {
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    @Override
    public Optional<Converted> of(Schema column) {
        Schema type = column.isOptional() ? Schema.OPTIONAL_FLOAT64_SCHEMA : Schema.FLOAT64_SCHEMA;
        return type.equals(column)
                ? Optional.empty()
                : NumberReader.of(column).map(read -> new Converted(type, value -> convert(value, read)));
    }

    private static Optional<Object> convert(Object value, Function<Object, Optional<BigDecimal>> read) {
        String text = value instanceof String || value instanceof Number ? value.toString() : "";
        return NOT_FINITE.contains(text)
                ? Optional.of(Double.valueOf(text))
                : read.apply(value)
                        .map(Number::doubleValue)
                        .filter(Double::isFinite)
                        .map(Object.class::cast);
    }
}
