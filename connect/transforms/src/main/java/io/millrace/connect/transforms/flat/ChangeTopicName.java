package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.Derived;
import io.millrace.connect.transforms.Records;
import io.millrace.control.DestinationTables;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes a record's topic the name of its table at the destination: the one that a mapping gives, or what a pattern finds
 * in the topic's name, or else the last part of it; see {@link DestinationTables}.
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
    private DestinationTables naming = new DestinationTables(Optional.empty(), Map.of());
    private String header = "";

    /** For Connect, which calls {@link #configure} next. */
    public ChangeTopicName() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        naming = new DestinationTables(pattern(config.getString(REGEX)), mapping(config.getString(MAPPING)));
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
        try {
            return DestinationTables.mapping(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(MAPPING, e.getMessage(), "not of the form source_table:target_table");
        }
    }

    @Override
    public R apply(R record) {
        R renamed = Records.withTopic(record, tables.of(record.topic(), naming::table));
        if (!header.isEmpty()) {
            renamed.headers().add(header, record.topic(), Schema.STRING_SCHEMA);
        }
        return renamed;
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
