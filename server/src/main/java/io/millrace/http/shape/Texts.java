package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Strings, and what is written as one. */
final class Texts {
    private static final Set<String> TRUE = Set.of("1", "on", "t", "true", "y", "yes");
    private static final Set<String> FALSE = Set.of("0", "off", "f", "false", "n", "no");

    private Texts() {}

    static Optional<Object> text(JsonNode input, Reading at) {
        return input.isTextual()
                ? Optional.of(input.textValue())
                : at.refuse("string_type", "Input should be a valid string", input);
    }

    /** A string of a length between both bounds, counted in code points. */
    static Shape sized(int min, int max) {
        return (input, at) -> {
            Optional<Object> text = text(input, at);
            if (text.isEmpty()) {
                return text;
            }
            String value = (String) text.get();
            int length = value.codePointCount(0, value.length());
            if (length < min) {
                return at.refuse(
                        "string_too_short",
                        "String should have at least " + count(min, "character"),
                        input,
                        "min_length",
                        min);
            }
            if (length > max) {
                return at.refuse(
                        "string_too_long",
                        "String should have at most " + count(max, "character"),
                        input,
                        "max_length",
                        max);
            }
            return text;
        };
    }

    static Shape matching(Shape inner, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return (input, at) -> {
            Optional<Object> text = inner.read(input, at);
            if (text.isPresent() && !pattern.matcher((String) text.get()).find()) {
                return at.refuse(
                        "string_pattern_mismatch",
                        "String should match pattern '" + regex + "'",
                        input,
                        "pattern",
                        regex);
            }
            return text;
        };
    }

    static Optional<Object> bool(JsonNode input, Reading at) {
        if (input.isBoolean()) {
            return Optional.of(input.booleanValue());
        }
        boolean number = input.isNumber();
        if (!number && !input.isTextual()) {
            return at.refuse("bool_type", "Input should be a valid boolean", input);
        }
        double value = input.doubleValue();
        String text = input.asText().toLowerCase(Locale.ROOT);
        if (number ? value == 1 : TRUE.contains(text)) {
            return Optional.of(true);
        }
        if (number ? value == 0 : FALSE.contains(text)) {
            return Optional.of(false);
        }
        return at.refuse("bool_parsing", "Input should be a valid boolean, unable to interpret input", input);
    }

    /** One of the constants, by its name on the wire. */
    static Shape choice(Class<?> type) {
        Map<String, Object> constants = WireNames.constants(type);
        String expected = quoted(List.copyOf(constants.keySet()));
        return (input, at) -> {
            Optional<Object> found = Optional.ofNullable(input.textValue()).map(constants::get);
            return found.isPresent()
                    ? found
                    : at.refuse("enum", "Input should be " + expected, input, "expected", expected);
        };
    }

    static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private static String quoted(List<String> names) {
        List<String> quoted = names.stream().map(name -> "'" + name + "'").toList();
        int last = quoted.size() - 1;
        return last == 0
                ? quoted.get(0)
                : quoted.stream().limit(last).collect(Collectors.joining(", ")) + " or " + quoted.get(last);
    }
}
