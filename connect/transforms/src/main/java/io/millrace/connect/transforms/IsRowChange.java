package io.millrace.connect.transforms;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * True for changes of rows, snapshot rows among them, and for tombstones; false for all else that a source writes:
 * heartbeats, messages, and what is encoded already, such as the progress of snapshots.
 */
public final class IsRowChange<R extends ConnectRecord<R>> implements Predicate<R> {
    private static final String PATTERN = "pattern";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    PATTERN,
                    ConfigDef.Type.STRING,
                    ".*",
                    IsRowChange::check,
                    Importance.MEDIUM,
                    "Regular expression that the whole name of the topic must match.");

    private final Derived<String, Boolean> topics = new Derived<>();
    private Pattern pattern = Pattern.compile(".*");

    /** For Connect, which calls {@link #configure} next. */
    public IsRowChange() {}

    @Override
    public void configure(Map<String, ?> settings) {
        pattern = Pattern.compile(new AbstractConfig(DEFINITION, settings, false).getString(PATTERN));
    }

    @Override
    public boolean test(R record) {
        return (Envelope.of(record).isPresent() || isTombstone(record))
                && topics.of(record.topic(), topic -> pattern.matcher(topic).matches());
    }

    private static boolean isTombstone(ConnectRecord<?> record) {
        return Objects.isNull(record.value()) && (Objects.isNull(record.key()) || record.key() instanceof Struct);
    }

    private static void check(String name, Object value) {
        try {
            Pattern.compile(String.valueOf(value));
        } catch (PatternSyntaxException e) {
            throw new ConfigException(name, value, "no regular expression: " + e.getDescription());
        }
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
