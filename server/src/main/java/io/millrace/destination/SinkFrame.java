package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Converters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every sink is told, whatever it writes to. */
public record SinkFrame(Converters converters) {
    /** Matches no name; a sink must read something, and a destination without a pipeline reads nothing. */
    private static final String NO_TOPIC = "(?!)";

    /** Long enough to repair what was refused and play it back. */
    public static final Map<String, String> DEAD_LETTER_SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(30L * 24 * 60 * 60 * 1000));

    /** With what the headers begin that say where a replayed record was at first: its topic, partition and offset. */
    public static final String REPLAYED = "millrace.replayed.";

    /** A key of clients and a property of sinks. */
    private static final String MOST_RECORDS = "consumer.override.max.poll.records";

    /** Returns the properties of a sink that reads these topics, the transformations of its rows among them. */
    public Map<String, String> properties(ConnectorId id, ConfigValues config, List<String> topics) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("tasks.max", "1");
        if (topics.isEmpty()) {
            properties.put("topics.regex", NO_TOPIC);
        } else {
            properties.put("topics", String.join(",", topics));
        }
        properties.putAll(converters.properties());
        // What was not committed may be taken back; what was committed before the sink existed is wanted too.
        properties.put("consumer.override.isolation.level", "read_committed");
        properties.put("consumer.override.auto.offset.reset", "earliest");
        config.textInEffect(MOST_RECORDS).ifPresent(number -> properties.put(MOST_RECORDS, number));
        // A bad record goes aside with its reason, and the rest flows on.
        properties.put("errors.tolerance", "all");
        properties.put("errors.deadletterqueue.topic.name", deadLetters(id));
        properties.put("errors.deadletterqueue.topic.replication.factor", "-1");
        properties.put("errors.deadletterqueue.context.headers.enable", "true");
        properties.putAll(
                topics.contains(replayed(id)) ? RowTransforms.ofReplay(config) : RowTransforms.properties(config));
        return properties;
    }

    /** Returns the topic of records that a destination could not take. */
    public static String deadLetters(ConnectorId id) {
        return id.prefix() + ".streamkap.deadletterqueue";
    }

    /** Returns the topic of dead letters that are given to a destination again. */
    public static String replayed(ConnectorId id) {
        return id.prefix() + ".streamkap.replayed";
    }
}
