package io.millrace.source.relational;

import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The transformations that rows pass on their way into topics, in this order: columns into the key, constants, the size
 * limit, the name of the topic. Each is there only when a key calls for it. Without any there is no chain at all, and
 * snapshot rows are encoded where they are read.
 */
public final class RowTransforms {
    private static final String PACKAGE = "io.millrace.connect.transforms.";

    /** Keeps out what carries no row: heartbeats, and the progress of snapshots. */
    private static final String IS_ROW = "IsRowChange";

    private static final String IS_TO_ENRICH = "IsTopicToEnrich";
    private static final String TOPICS_TO_ENRICH = "predicates.IsTopicToEnrich.pattern";

    /** The default of {@link #TOPICS_TO_ENRICH}, which no topic matches. */
    private static final String NO_TOPIC = "$^";

    private static final String COLUMNS_TO_KEY = "transforms.ValueToKey.fields.include.list";
    private static final String SIZED_COLUMNS = "transforms.OversizedRecords.fields.include.list";
    private static final String UNSIZED_COLUMNS = "transforms.OversizedRecords.fields.exclude.list";
    private static final List<String> CONSTANTS =
            List.of("InsertStaticKey1", "InsertStaticKey2", "InsertStaticValue1", "InsertStaticValue2");

    private RowTransforms() {}

    /** Refuses what a transformation would refuse. */
    public static void check(ConfigValues config) {
        for (String key : List.of(COLUMNS_TO_KEY, SIZED_COLUMNS, UNSIZED_COLUMNS)) {
            for (String item : NameList.split(config.text(key))) {
                int dot = item.lastIndexOf('.');
                if (dot < 1 || dot == item.length() - 1) {
                    throw new ApiProblem.BadRequest("'" + key + "' holds '" + item
                            + "'; a column is written table.column, or table.* for all of a table");
                }
            }
        }
        for (String constant : CONSTANTS) {
            boolean named = known(config, field(constant)).isPresent();
            if (named != known(config, value(constant)).isPresent()) {
                throw new ApiProblem.BadRequest("'" + (named ? value(constant) : field(constant))
                        + "' is missing; a constant needs both a name and a value");
            }
        }
        try {
            Pattern.compile(topicsToEnrich(config));
        } catch (PatternSyntaxException e) {
            throw new ApiProblem.BadRequest(
                    "'" + TOPICS_TO_ENRICH + "' is no regular expression: " + e.getDescription());
        }
    }

    /** Returns the properties of the chain; none when no key calls for a transformation. */
    public static Map<String, String> properties(ConfigValues config) {
        Map<String, String> chain = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        if (config.text(COLUMNS_TO_KEY).isPresent()) {
            properties.putAll(columnsToKey(config, "ValueToKey"));
            chain.put("ValueToKey", IS_ROW);
        }
        if (!topicsToEnrich(config).equals(NO_TOPIC)) {
            for (String constant : CONSTANTS) {
                if (known(config, field(constant)).isPresent()) {
                    properties.putAll(constant(config, constant));
                    chain.put(constant, IS_TO_ENRICH);
                }
            }
        }
        if (config.text(SIZED_COLUMNS).isPresent()) {
            properties.putAll(limitFieldSize(config, "OversizedRecords"));
            chain.put("OversizedRecords", IS_ROW);
        }
        if (config.isTrue("InsertTopicName.enabled")) {
            properties.put("transforms.InsertTopicName.type", PACKAGE + "InsertIntoRow");
            properties.put("transforms.InsertTopicName.topic.field", "_streamkap_topic");
            chain.put("InsertTopicName", IS_ROW);
        }
        if (!chain.isEmpty()) {
            properties.put("transforms", String.join(",", chain.keySet()));
            chain.forEach((name, guard) -> properties.put("transforms." + name + ".predicate", guard));
            properties.putAll(predicates(config, chain));
        }
        return properties;
    }

    private static Map<String, String> predicates(ConfigValues config, Map<String, String> chain) {
        Map<String, String> properties = new LinkedHashMap<>();
        List<String> used = chain.values().stream().distinct().toList();
        properties.put("predicates", String.join(",", used));
        used.forEach(name -> properties.put("predicates." + name + ".type", PACKAGE + "IsRowChange"));
        if (used.contains(IS_TO_ENRICH)) {
            properties.put(TOPICS_TO_ENRICH, topicsToEnrich(config));
        }
        return properties;
    }

    private static Map<String, String> columnsToKey(ConfigValues config, String name) {
        Map<String, String> properties = of(config, name, "ColumnsToKey", List.of("fields.include.list"));
        properties.put(nulls(name), String.valueOf(replacesNull(config, name)));
        return properties;
    }

    private static Map<String, String> constant(ConfigValues config, String name) {
        return of(
                config,
                name,
                name.startsWith("InsertStaticKey") ? "InsertIntoKey" : "InsertIntoRow",
                List.of("static.field", "static.value"));
    }

    private static Map<String, String> limitFieldSize(ConfigValues config, String name) {
        Map<String, String> properties = of(
                config,
                name,
                "LimitFieldSize",
                List.of(
                        "fields.include.list",
                        "fields.exclude.list",
                        "max.field.size.bytes",
                        "oversized.field.behavior",
                        "truncation.suffix",
                        "max.record.size.bytes",
                        "semantic.types.exclude"));
        properties.put(nulls(name), String.valueOf(replacesNull(config, name)));
        return properties;
    }

    /** Returns a transformation whose options have the names and the values of the client's keys. */
    private static Map<String, String> of(ConfigValues config, String name, String type, List<String> options) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("transforms." + name + ".type", PACKAGE + type);
        for (String option : options) {
            String key = "transforms." + name + "." + option;
            config.text(key).ifPresent(text -> properties.put(key, text));
        }
        return properties;
    }

    /** The converters never put a default in the place of a null; of transformations, the client says it. */
    private static boolean replacesNull(ConfigValues config, String name) {
        return !config.isTrue("preserve.null.values") && config.isTrue(nulls(name));
    }

    private static String nulls(String name) {
        return "transforms." + name + ".replace.null.with.default";
    }

    private static String topicsToEnrich(ConfigValues config) {
        return known(config, TOPICS_TO_ENRICH).orElse(NO_TOPIC);
    }

    /** Not every connector has all keys, and one that it does not have is without effect. */
    private static Optional<String> known(ConfigValues config, String key) {
        return config.connector().key(key).isPresent() ? config.text(key) : Optional.empty();
    }

    private static String field(String constant) {
        return "transforms." + constant + ".static.field";
    }

    private static String value(String constant) {
        return "transforms." + constant + ".static.value";
    }
}
