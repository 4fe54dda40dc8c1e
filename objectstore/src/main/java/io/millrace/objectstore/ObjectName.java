package io.millrace.objectstore;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How objects are named: text with places for what the records in them have in common.
 *
 * <ul>
 *   <li>{@code {{topic}}}: the table, as the transforms named it
 *   <li>{@code {{partition}}}, {@code {{partition:padding=true}}}: ten digits
 *   <li>{@code {{start_offset}}}, {@code {{start_offset:padding=true}}}: of the first record; twenty digits
 *   <li>{@code {{timestamp:unit=yyyy}}}, also {@code MM}, {@code dd}, {@code HH}: of the first record, in UTC; without a unit
 *       all four
 *   <li>{@code {{key}}}: a file for each key
 * </ul>
 *
 * <p>A name depends on the first record alone, so that the same records are put under the same name again.
 */
public final class ObjectName {
    private static final Pattern PLACE =
            Pattern.compile("\\{\\{\\s*(\\w+)\\s*(?::\\s*(\\w+)\\s*=\\s*([^}]*?)\\s*)?\\}\\}");
    private static final Pattern UNIT = Pattern.compile("yyyy|MM|dd|HH");
    private static final String ALL_UNITS = "yyyyMMddHH";
    private static final Map<String, String> PADDED = Map.of("partition", "%010d", "start_offset", "%020d");

    private final List<Function<First, String>> parts;
    private final boolean byKey;

    private ObjectName(List<Function<First, String>> parts, boolean byKey) {
        this.parts = List.copyOf(parts);
        this.byKey = byKey;
    }

    /**
     * What is known of the first record of a file.
     *
     * @param key as text
     * @param at time of the record
     */
    public record First(String topic, int partition, long offset, Instant at, String key) {
        /** Returns the same under another topic. */
        public First withTopic(String other) {
            return new First(other, partition, offset, at, key);
        }
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it cannot be understood, or all files would have the same name; in words
     */
    public static ObjectName of(String template) {
        List<Function<First, String>> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Matcher place = PLACE.matcher(template);
        int end = 0;
        while (place.find()) {
            parts.add(text(template.substring(end, place.start())));
            names.add(place.group(1));
            parts.add(
                    place.group(2) == null
                            ? variable(place.group(1))
                            : variable(place.group(1), place.group(2), place.group(3)));
            end = place.end();
        }
        parts.add(text(template.substring(end)));
        if (!names.contains("start_offset") && !names.contains("key")) {
            throw new IllegalArgumentException("needs {{start_offset}}, or {{key}} for a file for each key;"
                    + " without it each file would take the place of the one before");
        }
        if (names.contains("start_offset") && !(names.contains("topic") && names.contains("partition"))) {
            throw new IllegalArgumentException("needs {{topic}} and {{partition}} beside {{start_offset}};"
                    + " without them files of several tables would take each other's place");
        }
        return new ObjectName(parts, names.contains("key"));
    }

    /** Returns whether there is a file for each key. */
    public boolean byKey() {
        return byKey;
    }

    /** Returns the name of a file. */
    public String of(First first) {
        StringBuilder name = new StringBuilder();
        parts.forEach(part -> name.append(part.apply(first)));
        return name.toString();
    }

    private static Function<First, String> text(String text) {
        if (text.contains("{{") || text.contains("}}")) {
            throw new IllegalArgumentException("has braces that do not fit together at '" + text + "'");
        }
        return first -> text;
    }

    private static Function<First, String> variable(String name) {
        return switch (name) {
            case "topic" -> First::topic;
            case "partition" -> first -> String.valueOf(first.partition());
            case "start_offset" -> first -> String.valueOf(first.offset());
            case "timestamp" -> time(ALL_UNITS);
            case "key" -> First::key;
            default ->
                throw new IllegalArgumentException("names {{" + name
                        + "}}; known are {{topic}}, {{partition}}, {{start_offset}}, {{timestamp}} and {{key}}");
        };
    }

    private static Function<First, String> variable(String name, String parameter, String value) {
        Function<First, String> plain = variable(name);
        if (parameter.equals("unit") && name.equals("timestamp")) {
            if (!UNIT.matcher(value).matches()) {
                throw new IllegalArgumentException("has the unit '" + value + "'; known are yyyy, MM, dd and HH");
            }
            return time(value);
        }
        if (parameter.equals("padding") && PADDED.containsKey(name)) {
            String padded = PADDED.get(name);
            return value.equals("true")
                    ? first -> String.format(Locale.ROOT, padded, Long.valueOf(plain.apply(first)))
                    : plain;
        }
        throw new IllegalArgumentException("gives {{" + name + "}} the parameter '" + parameter
                + "'; known are timestamp:unit, partition:padding and start_offset:padding");
    }

    private static Function<First, String> time(String pattern) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        return first -> format.format(first.at());
    }
}
