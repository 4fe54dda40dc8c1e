package io.millrace.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.catalogue.ConnectorDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTransformsTest {
    private static final String PACKAGE = "io.millrace.connect.transforms.";
    private static final String FLAT = PACKAGE + "flat.";

    /** What every destination has. */
    private static final Map<String, String> ALWAYS = Map.of(
            "transforms", "Flatten,InsertField,changeTopicName",
            "transforms.Flatten.type", PACKAGE + "Flatten",
            "transforms.InsertField.type", FLAT + "InsertField",
            "transforms.InsertField.offset.field", "_streamkap_offset",
            "transforms.changeTopicName.type", FLAT + "ChangeTopicName");

    @Test
    void flattensAddsTheOffsetAndNamesTheTableWithoutBeingAsked() {
        assertThat(RowTransforms.properties(postgresql(""))).containsExactlyInAnyOrderEntriesOf(ALWAYS);
    }

    @Test
    void copiesHeadersAndColumns() {
        assertChain(
                "HeaderToFieldCustom,CopyField",
                "'transforms.HeaderToFieldCustom.header.mappings':'trace:STRING',"
                        + "'transforms.CopyField.copy.field.mapping':'id:id_copy'",
                "transforms.HeaderToFieldCustom.type",
                FLAT + "HeaderToField",
                "transforms.HeaderToFieldCustom.header.mappings",
                "trace:STRING",
                "transforms.CopyField.type",
                FLAT + "CopyField",
                "transforms.CopyField.copy.field.mapping",
                "id:id_copy");
    }

    @Test
    void convertsListedColumns() {
        assertChain(
                "ToIntJ,ToFloatJ,ToDecimalJ,ToStringJ",
                "'transforms.ToStringJ.fields.include.list':'t.d','transforms.ToDecimalJ.fields.include.list':'t.c',"
                        + "'transforms.ToDecimalJ.truncate.to.max.precision':true,"
                        + "'transforms.ToFloatJ.fields.include.list':'t.b','transforms.ToIntJ.fields.include.list':'t.a'",
                "transforms.ToIntJ.type",
                FLAT + "ConvertFields",
                "transforms.ToIntJ.to",
                "int64",
                "transforms.ToIntJ.fields.include.list",
                "t.a",
                "transforms.ToFloatJ.type",
                FLAT + "ConvertFields",
                "transforms.ToFloatJ.to",
                "float64",
                "transforms.ToFloatJ.fields.include.list",
                "t.b",
                "transforms.ToDecimalJ.type",
                FLAT + "ConvertFields",
                "transforms.ToDecimalJ.to",
                "decimal",
                "transforms.ToDecimalJ.fields.include.list",
                "t.c",
                "transforms.ToDecimalJ.truncate.to.max.precision",
                "true",
                "transforms.ToStringJ.type",
                FLAT + "ConvertFields",
                "transforms.ToStringJ.to",
                "string",
                "transforms.ToStringJ.fields.include.list",
                "t.d");
    }

    @Test
    void convertsToJsonByListOrByKind() {
        assertChain(
                "ToJsonJ,ToJsonbJ",
                "'transforms.ToJsonJ.fields.include.list':'t.a','transforms.ToJsonbJ.convert.all.json':true,"
                        + "'transforms.ToJsonbJ.convert.all.complex.types.user.defined':true",
                "transforms.ToJsonJ.type",
                FLAT + "ConvertFields",
                "transforms.ToJsonJ.to",
                "json",
                "transforms.ToJsonJ.fields.include.list",
                "t.a",
                "transforms.ToJsonbJ.type",
                FLAT + "ConvertFields",
                "transforms.ToJsonbJ.to",
                "jsonb",
                "transforms.ToJsonbJ.convert.all.json",
                "true",
                "transforms.ToJsonbJ.convert.all.complex.types",
                "true");
    }

    @Test
    void changesTextNamesAndColumns() {
        assertChain(
                "StringReplace,AddStringSuffix,RenameFields,DropFields",
                "'transforms.DropFields.fields.include.list':'t.secret',"
                        + "'transforms.RenameFields.renames.user.defined':'{}',"
                        + "'transforms.AddStringSuffix.fields.include.list':'t.n',"
                        + "'transforms.StringReplace.fields.include.list':'t.note',"
                        + "'transforms.StringReplace.regex.patterns':'a,b',"
                        + "'transforms.StringReplace.replacement.values':'c,'",
                "transforms.StringReplace.type",
                FLAT + "StringReplace",
                "transforms.StringReplace.fields.include.list",
                "t.note",
                "transforms.StringReplace.regex.patterns",
                "a,b",
                "transforms.StringReplace.replacement.values",
                "c,",
                "transforms.AddStringSuffix.type",
                FLAT + "AddStringSuffix",
                "transforms.AddStringSuffix.fields.include.list",
                "t.n",
                "transforms.RenameFields.type",
                FLAT + "RenameFields",
                "transforms.RenameFields.renames",
                "{}",
                "transforms.DropFields.type",
                FLAT + "DropFields",
                "transforms.DropFields.fields.include.list",
                "t.secret");
    }

    @Test
    void limitsTheSizeOfColumnsAsASourceDoes() {
        assertThat(RowTransforms.properties(postgresql("'transforms.OversizedRecords.fields.include.list':'t.*'")))
                .containsEntry("transforms", "Flatten,InsertField,OversizedRecords,changeTopicName")
                .containsEntry("transforms.OversizedRecords.type", PACKAGE + "LimitFieldSize")
                .containsEntry("transforms.OversizedRecords.max.field.size.bytes", "1048576")
                .containsEntry("transforms.OversizedRecords.replace.null.with.default", "true")
                .doesNotContainKey("transforms.OversizedRecords.predicate");
    }

    @Test
    void keepsNullsInTheSizeLimitWhenTheyAreToBePreserved() {
        assertThat(RowTransforms.properties(postgresql(
                        "'preserve.null.values':true,'transforms.OversizedRecords.fields.include.list':'t.*'")))
                .containsEntry("transforms.OversizedRecords.replace.null.with.default", "false");
    }

    @Test
    void marksAllAsRequiredRatherThanSomeAsOptional() {
        String optional = "'transforms.MarkColumnsAsOptional.fields.include.list':'*'";
        assertChain(
                "MarkColumnsAsOptional",
                optional,
                "transforms.MarkColumnsAsOptional.type",
                FLAT + "MarkColumnsAsOptional",
                "transforms.MarkColumnsAsOptional.fields.include.list",
                "*");
        assertChain(
                "MarkColumnsAsRequired",
                optional + ",'transforms.MarkColumnsAsRequired.fields.include.all':true,"
                        + "'transforms.MarkColumnsAsRequired.null.sentinel.mode':'TYPE_MIN'",
                "transforms.MarkColumnsAsRequired.type",
                FLAT + "MarkColumnsAsRequired",
                "transforms.MarkColumnsAsRequired.null.sentinel.mode",
                "TYPE_MIN");
    }

    @Test
    void routesByPatternsBeforeItNamesTheTable() {
        assertChain(
                "TopicRegexRouter1,TopicRegexRouter2",
                "'transforms.TopicRegexRouter1.regex':'(.*)_[0-9]+','transforms.TopicRegexRouter1.replacement':'$1',"
                        + "'transforms.TopicRegexRouter2.regex':'x'",
                "transforms.TopicRegexRouter1.type",
                "org.apache.kafka.connect.transforms.RegexRouter",
                "transforms.TopicRegexRouter1.regex",
                "(.*)_[0-9]+",
                "transforms.TopicRegexRouter1.replacement",
                "$1",
                "transforms.TopicRegexRouter2.type",
                "org.apache.kafka.connect.transforms.RegexRouter",
                "transforms.TopicRegexRouter2.regex",
                "x",
                "transforms.TopicRegexRouter2.replacement",
                "$0");
    }

    @Test
    void namesTablesByPatternOrByMapAsAsked() {
        String both = "'transforms.changeTopicName.match.regex.user.defined':'(.*)',"
                + "'transforms.changeTopicName.mapping':'a:b',";

        assertThat(RowTransforms.properties(postgresql(both + "'topic2table.map.user.defined':false")))
                .containsEntry("transforms.changeTopicName.match.regex", "(.*)")
                .doesNotContainKey("transforms.changeTopicName.mapping");
        assertThat(RowTransforms.properties(postgresql(both + "'topic2table.map.user.defined':true")))
                .containsEntry("transforms.changeTopicName.mapping", "a:b")
                .doesNotContainKey("transforms.changeTopicName.match.regex");
        assertThat(RowTransforms.properties(SinkConfigs.of("iceberg", "", both + "'table.name.prefix':'n'")))
                .containsEntry("transforms.changeTopicName.match.regex", "(.*)")
                .doesNotContainKey("transforms.changeTopicName.mapping");
    }

    @Test
    void tellsAnotherClusterWhereRecordsComeFrom() {
        assertThat(
                        RowTransforms.properties(
                                SinkConfigs.of(
                                        "kafka",
                                        "",
                                        "'transforms.InsertField.offset.field':'at','transforms.changeTopicName.add.original.topic':'field'")))
                .containsEntry("transforms", "Flatten,InsertField,InsertTopicName,changeTopicName")
                .containsEntry("transforms.InsertField.offset.field", "at")
                .containsEntry("transforms.InsertTopicName.type", FLAT + "InsertField")
                .containsEntry("transforms.InsertTopicName.topic.field", "_streamkap_topic");
        assertThat(RowTransforms.properties(
                        SinkConfigs.of("kafka", "", "'transforms.changeTopicName.add.original.topic':'header'")))
                .containsEntry("transforms", "Flatten,InsertField,changeTopicName")
                .containsEntry("transforms.changeTopicName.original.topic.header", "_streamkap_topic");
    }

    @Test
    void ordersTheChain() {
        assertThat(RowTransforms.properties(postgresql(everything())).get("transforms"))
                .isEqualTo("Flatten,InsertField,HeaderToFieldCustom,CopyField,ToIntJ,ToFloatJ,ToDecimalJ,ToStringJ,"
                        + "ToJsonJ,ToJsonbJ,StringReplace,OversizedRecords,AddStringSuffix,RenameFields,DropFields,"
                        + "MarkColumnsAsOptional,TopicRegexRouter1,TopicRegexRouter2,changeTopicName");
    }

    /** A key that the catalogue has and the chain does not would be without effect, and nobody would know. */
    @Test
    void usesEveryKeyOfEveryDestination() {
        List<String> unused = new ArrayList<>();
        for (ConnectorDefinition destination : ConnectorCatalogue.destinations().all()) {
            destination.keys().stream()
                    .map(ConfigKey::name)
                    .filter(name -> name.startsWith("transforms."))
                    .filter(name -> !isUsed(destination.code(), name))
                    .forEach(name -> unused.add(destination.code() + " " + name));
        }
        assertThat(unused).isEmpty();
    }

    private static boolean isUsed(String code, String name) {
        ConfigValues config = SinkConfigs.of(code, "", everything());
        config.config().put("topic2table.map.user.defined", name.equals("transforms.changeTopicName.mapping"));
        config.config()
                .put(
                        "transforms.MarkColumnsAsRequired.fields.include.all",
                        name.startsWith("transforms.MarkColumnsAsRequired."));
        Map<String, String> with = RowTransforms.properties(config);
        config.config().remove(name);
        return !RowTransforms.properties(config).equals(with);
    }

    private static void assertChain(String names, String members, String... properties) {
        Map<String, String> expected = new HashMap<>(ALWAYS);
        expected.put("transforms", "Flatten,InsertField," + names + ",changeTopicName");
        for (int i = 0; i < properties.length; i += 2) {
            expected.put(properties[i], properties[i + 1]);
        }
        assertThat(withoutDefaults(RowTransforms.properties(postgresql(members))))
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** Leaves out what is switched off. */
    private static Map<String, String> withoutDefaults(Map<String, String> properties) {
        Map<String, String> rest = new HashMap<>(properties);
        rest.values().removeIf("false"::equals);
        return rest;
    }

    /** Returns a value other than the default for every key of transformations but those that exclude others. */
    private static String everything() {
        return """
                'transforms.InsertField.offset.field':'o','transforms.HeaderToFieldCustom.header.mappings':'h:STRING',
                'transforms.CopyField.copy.field.mapping':'a:b',
                'transforms.ToIntJ.fields.include.list':'t.a','transforms.ToFloatJ.fields.include.list':'t.a',
                'transforms.ToDecimalJ.fields.include.list':'t.a','transforms.ToDecimalJ.truncate.to.max.precision':true,
                'transforms.ToStringJ.fields.include.list':'t.a','transforms.ToJsonJ.fields.include.list':'t.a',
                'transforms.ToJsonJ.convert.all.complex.types.user.defined':true,
                'transforms.ToJsonbJ.fields.include.list':'t.a','transforms.ToJsonbJ.convert.all.json':true,
                'transforms.ToJsonbJ.convert.all.complex.types.user.defined':true,
                'transforms.StringReplace.fields.include.list':'t.a','transforms.StringReplace.regex.patterns':'x',
                'transforms.StringReplace.replacement.values':'y',
                'transforms.OversizedRecords.fields.include.list':'t.*',
                'transforms.OversizedRecords.fields.exclude.list':'t.a',
                'transforms.OversizedRecords.max.field.size.bytes':2000000,
                'transforms.OversizedRecords.oversized.field.behavior':'NULLIFY',
                'transforms.OversizedRecords.truncation.suffix':'...',
                'transforms.OversizedRecords.max.record.size.bytes':2000000,
                'transforms.OversizedRecords.semantic.types.exclude':'x',
                'transforms.OversizedRecords.replace.null.with.default':false,
                'transforms.AddStringSuffix.fields.include.list':'t.a',
                'transforms.RenameFields.renames.user.defined':'{}','transforms.DropFields.fields.include.list':'t.a',
                'transforms.MarkColumnsAsRequired.null.sentinel.mode':'TYPE_MIN',
                'transforms.MarkColumnsAsOptional.fields.include.list':'*',
                'transforms.changeTopicName.add.original.topic':'header',
                'transforms.TopicRegexRouter1.regex':'x','transforms.TopicRegexRouter1.replacement':'y',
                'transforms.TopicRegexRouter2.regex':'x','transforms.TopicRegexRouter2.replacement':'y',
                'transforms.changeTopicName.match.regex.user.defined':'x','transforms.changeTopicName.mapping':'a:b'
                """;
    }

    private static ConfigValues postgresql(String members) {
        return SinkConfigs.of("postgresql", "", members);
    }
}
