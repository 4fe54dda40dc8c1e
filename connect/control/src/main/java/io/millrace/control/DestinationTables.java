package io.millrace.control;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names the tables at a destination by the names of topics: the one that a mapping gives, or what a pattern finds in the
 * topic's name, or else the last part of it. {@code source_1.public.orders} is {@code orders}. What Kafka does not allow in
 * a name and the topic has escaped is in the table's name as it is at the source. The sink names tables by this, and
 * whoever reads them again has to find the same.
 *
 * @param regex for the whole topic, with or without its first part
 * @param mapping of names of topics or tables
 */
public record DestinationTables(Optional<Pattern> regex, Map<String, String> mapping) {
    public DestinationTables {
        mapping = Map.copyOf(mapping);
    }

    /**
     * Reads lines {@code source_table:target_table}.
     *
     * @throws IllegalArgumentException with the line that is of another form
     */
    public static Map<String, String> mapping(String text) {
        Map<String, String> tables = new HashMap<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 1 || colon == line.length() - 1) {
                throw new IllegalArgumentException(line);
            }
            tables.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        });
        return tables;
    }

    /** Returns the names that a topic gives its table: as they are in it, and with its escapes taken back. */
    public static Set<String> names(String topic) {
        Set<String> names = new LinkedHashSet<>();
        int last = topic.lastIndexOf('.');
        names.add(topic.substring(last + 1));
        if (last > 0) {
            names.add(topic.substring(topic.lastIndexOf('.', last - 1) + 1));
        }
        names.addAll(names.stream().map(TopicNames::unescape).toList());
        return names;
    }

    /** Returns the table of a topic. */
    public String table(String topic) {
        return mapped(topic)
                .or(() -> found(topic))
                .orElseGet(() -> TopicNames.unescape(topic.substring(topic.lastIndexOf('.') + 1)));
    }

    private Optional<String> mapped(String topic) {
        return Stream.concat(
                        Stream.of(topic, withoutFirstPart(topic)),
                        // The longer one first: schema.table says more than table.
                        names(topic).stream().sorted((one, other) -> Integer.compare(other.length(), one.length())))
                .map(mapping::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private Optional<String> found(String topic) {
        return regex.flatMap(pattern -> Stream.of(topic, withoutFirstPart(topic))
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(DestinationTables::groups)
                .filter(table -> !table.isEmpty())
                .map(TopicNames::unescape)
                .findFirst());
    }

    /** Joins what several groups match; a pattern without groups says that the whole name is the table's. */
    private static String groups(MatchResult match) {
        return match.groupCount() == 0
                ? match.group()
                : IntStream.rangeClosed(1, match.groupCount())
                        .mapToObj(match::group)
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.joining("_"));
    }

    private static String withoutFirstPart(String topic) {
        return topic.substring(topic.indexOf('.') + 1);
    }
}
