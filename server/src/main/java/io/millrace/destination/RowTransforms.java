package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.TransformChain;
import java.util.HashMap;
import java.util.Map;

/**
 * The transformations that rows pass on their way into a destination, in the order of the contract. The row is taken out
 * of its envelope first, and the topic gets the name of the table last, since columns are listed by table. These two and
 * the offset are always there; of the others, those that a key calls for.
 */
public final class RowTransforms {
    private static final String FLAT = TransformChain.PACKAGE + "flat.";
    private static final String REGEX_ROUTER = "org.apache.kafka.connect.transforms.RegexRouter";
    private static final String COLUMNS = "fields.include.list";

    private RowTransforms() {}

    /** Returns the properties of the chain. */
    public static Map<String, String> properties(ConfigValues config) {
        return properties(config, new TransformChain(config));
    }

    /** Returns the properties of the chain for records that are replayed: each is first what it was in its own topic. */
    public static Map<String, String> ofReplay(ConfigValues config) {
        TransformChain chain = new TransformChain(config)
                .add("OriginalTopic", TransformChain.PACKAGE + "OriginalTopic")
                .option("header", SinkFrame.REPLAYED + "topic");
        Map<String, String> properties = new HashMap<>(properties(config, chain));
        properties.put("transforms.InsertField.offset.header", SinkFrame.REPLAYED + "offset");
        return properties;
    }

    private static Map<String, String> properties(ConfigValues config, TransformChain chain) {
        begin(config, chain);
        convert(config, chain);
        chain.addWhereSet("StringReplace", FLAT + "StringReplace", COLUMNS, "regex.patterns", "replacement.values");
        chain.addSizeLimit();
        chain.addWhereSet("AddStringSuffix", FLAT + "AddStringSuffix", COLUMNS);
        config.textInEffect(TransformRules.RENAMES)
                .ifPresent(renames ->
                        chain.add("RenameFields", FLAT + "RenameFields").option("renames", renames));
        chain.addWhereSet("DropFields", FLAT + "DropFields", COLUMNS);
        mark(config, chain);
        nameTopics(config, chain);
        return chain.properties();
    }

    private static void begin(ConfigValues config, TransformChain chain) {
        chain.add("Flatten", TransformChain.PACKAGE + "Flatten");
        chain.add("InsertField", FLAT + "InsertField")
                .option(
                        "offset.field",
                        config.textInEffect("transforms.InsertField.offset.field")
                                .orElse("_streamkap_offset"));
        chain.addWhereSet("HeaderToFieldCustom", FLAT + "HeaderToField", "header.mappings");
        chain.addWhereSet("CopyField", FLAT + "CopyField", "copy.field.mapping");
    }

    private static void convert(ConfigValues config, TransformChain chain) {
        convert(config, chain, "ToIntJ", "int64");
        convert(config, chain, "ToFloatJ", "float64");
        convert(config, chain, "ToDecimalJ", "decimal");
        convert(config, chain, "ToStringJ", "string");
        convert(config, chain, "ToJsonJ", "json");
        convert(config, chain, "ToJsonbJ", "jsonb");
    }

    private static void convert(ConfigValues config, TransformChain chain, String name, String type) {
        boolean complex = config.isTrue(TransformChain.key(name, "convert.all.complex.types.user.defined"));
        boolean json = config.isTrue(TransformChain.key(name, "convert.all.json"));
        boolean listed = config.textInEffect(TransformChain.key(name, COLUMNS)).isPresent();
        if (complex || json || listed) {
            chain.add(name, FLAT + "ConvertFields", COLUMNS, "truncate.to.max.precision", "convert.all.json")
                    .option("to", type);
        }
        if (complex) {
            chain.option("convert.all.complex.types", "true");
        }
    }

    private static void mark(ConfigValues config, TransformChain chain) {
        if (config.isTrue("transforms.MarkColumnsAsRequired.fields.include.all")) {
            chain.add("MarkColumnsAsRequired", FLAT + "MarkColumnsAsRequired", "null.sentinel.mode");
        } else {
            chain.addWhereSet("MarkColumnsAsOptional", FLAT + "MarkColumnsAsOptional", COLUMNS);
        }
    }

    private static void nameTopics(ConfigValues config, TransformChain chain) {
        String original = config.textInEffect("transforms.changeTopicName.add.original.topic")
                .orElse("off");
        if (original.equals("field")) {
            chain.add("InsertTopicName", FLAT + "InsertField").option("topic.field", "_streamkap_topic");
        }
        chain.addWhereSet("TopicRegexRouter1", REGEX_ROUTER, "regex", "replacement");
        chain.addWhereSet("TopicRegexRouter2", REGEX_ROUTER, "regex", "replacement");
        chain.add("changeTopicName", FLAT + "ChangeTopicName", "mapping");
        config.textInEffect(TransformRules.TOPIC_PATTERN).ifPresent(pattern -> chain.option("match.regex", pattern));
        if (original.equals("header")) {
            chain.option("original.topic.header", "_streamkap_topic");
        }
    }
}
