package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.NameList;
import io.millrace.connector.TransformChain;
import io.millrace.control.DestinationTables;
import io.millrace.control.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the rows of topics land in a destination, and what of them is not as it was. */
public record Landing(ReadBack readBack, ConfigValues config) {
    /** Transformations after which a value says something else than at the source. */
    private static final Map<String, String> CHANGING = changing();

    private static Map<String, String> changing() {
        Map<String, String> changing = new LinkedHashMap<>();
        for (String name : List.of("StringReplace", "AddStringSuffix", "ToIntJ", "ToFloatJ", "ToDecimalJ")) {
            changing.put(name, TransformChain.key(name, "fields.include.list"));
        }
        return changing;
    }

    /** Returns the table of a topic, given by its name in Kafka. */
    public TableName table(String topic) {
        String routed = routed("TopicRegexRouter2", routed("TopicRegexRouter1", topic));
        DestinationTables naming = new DestinationTables(
                config.textInEffect(TransformRules.TOPIC_PATTERN).map(Pattern::compile),
                DestinationTables.mapping(
                        config.textInEffect(TransformRules.MAPPING).orElse("")));
        return new TableName(readBack.owner(), folded(naming.table(routed)));
    }

    /** Returns whether rows that the source has deleted stay, with a mark; else they go. */
    public boolean keepsDeletedRows() {
        return !config.isTrue("delete.enabled") && !config.isTrue("hard.delete");
    }

    /** Returns a name as the destination writes it. */
    public String folded(String name) {
        return readBack.keepsCase() ? name : name.toLowerCase(Locale.ROOT);
    }

    /** Returns the transformation after which a column says something else than at the source. */
    public Optional<String> changedBy(String column) {
        return CHANGING.entrySet().stream()
                .filter(transform -> NameList.split(config.textInEffect(transform.getValue())).stream()
                        .anyMatch(listed -> listed.equals(column) || listed.endsWith("." + column)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private String routed(String router, String topic) {
        Optional<String> regex = config.textInEffect(TransformChain.key(router, "regex"));
        if (regex.isEmpty()) {
            return topic;
        }
        Matcher matcher = Pattern.compile(regex.get()).matcher(topic);
        return matcher.matches()
                ? matcher.replaceFirst(config.textInEffect(TransformChain.key(router, "replacement"))
                        .orElse(""))
                : topic;
    }
}
