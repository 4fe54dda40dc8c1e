package io.millrace.source.relational;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.TransformChain;
import io.millrace.http.ApiProblem;
import java.util.List;
import java.util.Map;

/**
 * The transformations that rows pass on their way into topics, in this order: columns into the key, constants, the size
 * limit, the name of the topic. Each is there only when a key calls for it. Without any there is no chain at all, and
 * snapshot rows are encoded where they are read.
 */
public final class RowTransforms {
    /** Keeps out what carries no row: heartbeats, and the progress of snapshots. */
    private static final String IS_ROW = "IsRowChange";

    private static final String IS_TO_ENRICH = "IsTopicToEnrich";
    private static final String TOPICS_TO_ENRICH = "predicates.IsTopicToEnrich.pattern";

    /** The default of {@link #TOPICS_TO_ENRICH}, which no topic matches. */
    private static final String NO_TOPIC = "$^";

    private static final List<String> CONSTANTS =
            List.of("InsertStaticKey1", "InsertStaticKey2", "InsertStaticValue1", "InsertStaticValue2");

    private RowTransforms() {}

    /** Refuses what a transformation would refuse. */
    public static void check(ConfigValues config) {
        TransformChain.checkColumns(config, TransformChain.key("ValueToKey", "fields.include.list"));
        TransformChain.checkSizeLimit(config);
        for (String constant : CONSTANTS) {
            boolean named = config.textInEffect(field(constant)).isPresent();
            if (named != config.textInEffect(value(constant)).isPresent()) {
                throw new ApiProblem.BadRequest("'" + (named ? value(constant) : field(constant))
                        + "' is missing; a constant needs both a name and a value");
            }
        }
        TransformChain.pattern(TOPICS_TO_ENRICH, topicsToEnrich(config));
    }

    /** Returns the properties of the chain; none when no key calls for a transformation. */
    public static Map<String, String> properties(ConfigValues config) {
        TransformChain chain = new TransformChain(config);
        if (config.textInEffect(TransformChain.key("ValueToKey", "fields.include.list"))
                .isPresent()) {
            chain.add("ValueToKey", TransformChain.PACKAGE + "ColumnsToKey", "fields.include.list")
                    .replacingNulls()
                    .guardedBy(IS_ROW);
        }
        if (!topicsToEnrich(config).equals(NO_TOPIC)) {
            for (String constant : CONSTANTS) {
                if (config.textInEffect(field(constant)).isPresent()) {
                    chain.add(constant, insertion(constant), "static.field", "static.value")
                            .guardedBy(IS_TO_ENRICH);
                }
            }
        }
        if (chain.limitsSizes()) {
            chain.addSizeLimit().guardedBy(IS_ROW);
        }
        if (config.isTrue("InsertTopicName.enabled")) {
            chain.add("InsertTopicName", TransformChain.PACKAGE + "InsertIntoRow")
                    .option("topic.field", "_streamkap_topic")
                    .guardedBy(IS_ROW);
        }
        return withPredicates(config, chain);
    }

    private static Map<String, String> withPredicates(ConfigValues config, TransformChain chain) {
        Map<String, String> properties = chain.properties();
        for (String name : chain.predicates()) {
            properties.put("predicates." + name + ".type", TransformChain.PACKAGE + "IsRowChange");
        }
        if (chain.predicates().contains(IS_TO_ENRICH)) {
            properties.put(TOPICS_TO_ENRICH, topicsToEnrich(config));
        }
        return properties;
    }

    private static String insertion(String constant) {
        return TransformChain.PACKAGE + (constant.startsWith("InsertStaticKey") ? "InsertIntoKey" : "InsertIntoRow");
    }

    private static String topicsToEnrich(ConfigValues config) {
        return config.textInEffect(TOPICS_TO_ENRICH).orElse(NO_TOPIC);
    }

    private static String field(String constant) {
        return TransformChain.key(constant, "static.field");
    }

    private static String value(String constant) {
        return TransformChain.key(constant, "static.value");
    }
}
