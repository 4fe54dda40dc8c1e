package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole and other numbers; strings that spell one, and booleans, are taken as numbers. */
final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*(\\.0*)?");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]+(_[0-9]+)*\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");
    /** Python's own limit for turning text into a whole number. */
    private static final int MOST_DIGITS = 4300;

    private Numbers() {}

    /** A whole number within both bounds. */
    static Shape whole(long min, long max) {
        return (input, at) -> {
            Optional<BigInteger> value = whole(input, at);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (value.get().compareTo(BigInteger.valueOf(min)) < 0) {
                return at.refuse(
                        "greater_than_equal", "Input should be greater than or equal to " + min, input, "ge", min);
            }
            if (value.get().compareTo(BigInteger.valueOf(max)) > 0) {
                return at.refuse("less_than_equal", "Input should be less than or equal to " + max, input, "le", max);
            }
            return Optional.of(value.get().longValueExact());
        };
    }

    /** Any finite number. */
    static Optional<Object> number(JsonNode input, Reading at) {
        if (input.isNumber()) {
            return Optional.of(input.doubleValue());
        }
        if (input.isBoolean()) {
            return Optional.of(input.booleanValue() ? 1.0 : 0.0);
        }
        if (!input.isTextual()) {
            return at.refuse("float_type", "Input should be a valid number", input);
        }
        String text = input.textValue().strip();
        if (!NUMBER.matcher(text).matches()) {
            return at.refuse(
                    "float_parsing", "Input should be a valid number, unable to parse string as a number", input);
        }
        return Optional.of(Double.parseDouble(text.replace("_", "")));
    }

    private static Optional<BigInteger> whole(JsonNode input, Reading at) {
        if (input.isIntegralNumber()) {
            return Optional.of(input.bigIntegerValue());
        }
        if (input.isNumber()) {
            return fromFraction(input, at);
        }
        if (input.isBoolean()) {
            return Optional.of(input.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
        }
        if (!input.isTextual()) {
            return at.refuse("int_type", "Input should be a valid integer", input);
        }
        String text = input.textValue().strip();
        if (!WHOLE.matcher(text).matches()) {
            return at.refuse(
                    "int_parsing", "Input should be a valid integer, unable to parse string as an integer", input);
        }
        String digits = text.replaceFirst("\\..*", "").replace("_", "");
        if (digits.length() > MOST_DIGITS) {
            return at.refuse(
                    "int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", input);
        }
        return Optional.of(new BigInteger(digits));
    }

    private static Optional<BigInteger> fromFraction(JsonNode input, Reading at) {
        BigDecimal value = input.decimalValue();
        // The digits of 1e999999999 would fill the memory; such a number is past every bound anyway.
        if ((long) value.precision() - value.scale() > MOST_DIGITS) {
            return at.refuse("finite_number", "Input should be a finite number", input);
        }
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            return at.refuse(
                    "int_from_float", "Input should be a valid integer, got a number with a fractional part", input);
        }
        return Optional.of(value.signum() == 0 ? BigInteger.ZERO : value.toBigInteger());
    }
}
