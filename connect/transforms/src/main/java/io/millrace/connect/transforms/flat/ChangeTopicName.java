package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.Derived;
import io.millrace.connect.transforms.Records;
import io.millrace.connect.transforms.TableNames;
import io.millrace.control.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes a record's topic the name of its table at the destination: the one that a mapping gives, or what a pattern finds
 * in the topic's name, or else the last part of it. {@code source_1.public.orders} is {@code orders}. What Kafka does not
 * allow in a name and the topic has escaped is in the table's name as it is at the source.
 */
public final class ChangeTopicName<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String REGEX = "match.regex";
    private static final String MAPPING = "mapping";
    private static final String HEADER = "original.topic.header";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    REGEX,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.HIGH,
                    "Pattern for the whole topic, with or without its first part; its groups give the table.")
            .define(MAPPING, ConfigDef.Type.STRING, "", Importance.HIGH, "Lines source_table:target_table.")
            .define(HEADER, ConfigDef.Type.STRING, "", Importance.LOW, "Name of a header for the topic as it was.");

    private final Derived<String, String> tables = new Derived<>();
    private Optional<Pattern> regex = Optional.empty();
    private Map<String, String> mapping = Map.of();
    private String header = "";

    /** For Connect, which calls {@link #configure} next. */
    public ChangeTopicName() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        regex = pattern(config.getString(REGEX));
        mapping = mapping(config.getString(MAPPING));
        header = config.getString(HEADER);
    }

    private static Optional<Pattern> pattern(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new ConfigException(REGEX, text, "no regular expression: " + e.getDescription());
        }
    }

    private static Map<String, String> mapping(String text) {
        Map<String, String> tables = new HashMap<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 1 || colon == line.length() - 1) {
                throw new ConfigException(MAPPING, line, "not of the form source_table:target_table");
            }
            tables.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        });
        return tables;
    }

    @Override
    public R apply(R record) {
        R renamed = Records.withTopic(record, tables.of(record.topic(), this::table));
        if (!header.isEmpty()) {
            renamed.headers().add(header, record.topic(), Schema.STRING_SCHEMA);
        }
        return renamed;
    }

    private String table(String topic) {
        return mapped(topic)
                .or(() -> found(topic))
                .orElseGet(() -> TopicNames.unescape(topic.substring(topic.lastIndexOf('.') + 1)));
    }

    private Optional<String> mapped(String topic) {
        return Stream.concat(
                        Stream.of(topic, withoutFirstPart(topic)),
                        // The longer one first: schema.table says more than table.
                        TableNames.of(topic).names().stream()
                                .sorted((one, other) -> Integer.compare(other.length(), one.length())))
                .map(mapping::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private Optional<String> found(String topic) {
        return regex.flatMap(pattern -> Stream.of(topic, withoutFirstPart(topic))
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(ChangeTopicName::groups)
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

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
