package io.millrace.source.relational;

import static io.millrace.source.SourceConfigs.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTransformsTest {
    private static final String PACKAGE = "io.millrace.connect.transforms.";
    private static final String CONSTANT =
            "'transforms.InsertStaticKey1.static.field':'tenant','transforms.InsertStaticKey1.static.value':'acme',";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'InsertTopicName.enabled':null,'preserve.null.values':true",
                "'transforms.ValueToKey.fields.include.list':'','transforms.ValueToKey.replace.null.with.default':false",
                "'transforms.OversizedRecords.max.field.size.bytes':2000000",
                CONSTANT + "'predicates.IsTopicToEnrich.pattern':'$^'",
                "'predicates.IsTopicToEnrich.pattern':'.*'"
            })
    void makesNoChainWhenNothingCallsForOne(String members) {
        assertThat(RowTransforms.properties(values(members))).isEmpty();
    }

    @Test
    void addsTheNameOfTheTopic() {
        assertThat(RowTransforms.properties(values("'InsertTopicName.enabled':true")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "transforms", "InsertTopicName",
                        "transforms.InsertTopicName.type", PACKAGE + "InsertIntoRow",
                        "transforms.InsertTopicName.topic.field", "_streamkap_topic",
                        "transforms.InsertTopicName.predicate", "IsRowChange",
                        "predicates", "IsRowChange",
                        "predicates.IsRowChange.type", PACKAGE + "IsRowChange"));
    }

    @Test
    void copiesColumnsIntoTheKey() {
        assertThat(RowTransforms.properties(values("'transforms.ValueToKey.fields.include.list':'orders.region'")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "transforms", "ValueToKey",
                        "transforms.ValueToKey.type", PACKAGE + "ColumnsToKey",
                        "transforms.ValueToKey.fields.include.list", "orders.region",
                        "transforms.ValueToKey.replace.null.with.default", "true",
                        "transforms.ValueToKey.predicate", "IsRowChange",
                        "predicates", "IsRowChange",
                        "predicates.IsRowChange.type", PACKAGE + "IsRowChange"));
    }

    @Test
    void insertsConstantsIntoTheTopicsOfThePattern() {
        assertThat(RowTransforms.properties(values(CONSTANT + "'transforms.InsertStaticValue2.static.field':'site',"
                        + "'transforms.InsertStaticValue2.static.value':'berlin',"
                        + "'predicates.IsTopicToEnrich.pattern':'.*[.]orders'")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("transforms", "InsertStaticKey1,InsertStaticValue2"),
                        Map.entry("transforms.InsertStaticKey1.type", PACKAGE + "InsertIntoKey"),
                        Map.entry("transforms.InsertStaticKey1.static.field", "tenant"),
                        Map.entry("transforms.InsertStaticKey1.static.value", "acme"),
                        Map.entry("transforms.InsertStaticKey1.predicate", "IsTopicToEnrich"),
                        Map.entry("transforms.InsertStaticValue2.type", PACKAGE + "InsertIntoRow"),
                        Map.entry("transforms.InsertStaticValue2.static.field", "site"),
                        Map.entry("transforms.InsertStaticValue2.static.value", "berlin"),
                        Map.entry("transforms.InsertStaticValue2.predicate", "IsTopicToEnrich"),
                        Map.entry("predicates", "IsTopicToEnrich"),
                        Map.entry("predicates.IsTopicToEnrich.type", PACKAGE + "IsRowChange"),
                        Map.entry("predicates.IsTopicToEnrich.pattern", ".*[.]orders")));
    }

    @Test
    void limitsTheSizeOfColumns() {
        assertThat(RowTransforms.properties(values("'transforms.OversizedRecords.fields.include.list':'orders.*',"
                        + "'transforms.OversizedRecords.fields.exclude.list':'orders.id',"
                        + "'transforms.OversizedRecords.max.field.size.bytes':2000000,"
                        + "'transforms.OversizedRecords.oversized.field.behavior':'NULLIFY',"
                        + "'transforms.OversizedRecords.truncation.suffix':'...',"
                        + "'transforms.OversizedRecords.max.record.size.bytes':3000000,"
                        + "'transforms.OversizedRecords.semantic.types.exclude':'io.debezium.data.Xml',"
                        + "'transforms.OversizedRecords.replace.null.with.default':false")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("transforms", "OversizedRecords"),
                        Map.entry("transforms.OversizedRecords.type", PACKAGE + "LimitFieldSize"),
                        Map.entry("transforms.OversizedRecords.fields.include.list", "orders.*"),
                        Map.entry("transforms.OversizedRecords.fields.exclude.list", "orders.id"),
                        Map.entry("transforms.OversizedRecords.max.field.size.bytes", "2000000"),
                        Map.entry("transforms.OversizedRecords.oversized.field.behavior", "NULLIFY"),
                        Map.entry("transforms.OversizedRecords.truncation.suffix", "..."),
                        Map.entry("transforms.OversizedRecords.max.record.size.bytes", "3000000"),
                        Map.entry("transforms.OversizedRecords.semantic.types.exclude", "io.debezium.data.Xml"),
                        Map.entry("transforms.OversizedRecords.replace.null.with.default", "false"),
                        Map.entry("transforms.OversizedRecords.predicate", "IsRowChange"),
                        Map.entry("predicates", "IsRowChange"),
                        Map.entry("predicates.IsRowChange.type", PACKAGE + "IsRowChange")));
    }

    @Test
    void givesTheLimitItsDefaults() {
        assertThat(RowTransforms.properties(values("'transforms.OversizedRecords.fields.include.list':'orders.*'")))
                .containsEntry("transforms.OversizedRecords.max.field.size.bytes", "1048576")
                .containsEntry("transforms.OversizedRecords.oversized.field.behavior", "TRUNCATE")
                .containsEntry("transforms.OversizedRecords.max.record.size.bytes", "-1")
                .containsEntry(
                        "transforms.OversizedRecords.semantic.types.exclude",
                        "io.debezium.data.Json,io.debezium.data.Xml")
                .containsEntry("transforms.OversizedRecords.replace.null.with.default", "true");
    }

    @Test
    void keepsNullsInEveryTransformationWhenTheyAreToBePreserved() {
        assertThat(RowTransforms.properties(values("'transforms.OversizedRecords.fields.include.list':'orders.*',"
                        + "'transforms.ValueToKey.fields.include.list':'orders.region','preserve.null.values':true")))
                .containsEntry("transforms.OversizedRecords.replace.null.with.default", "false")
                .containsEntry("transforms.ValueToKey.replace.null.with.default", "false");
    }

    @Test
    void ordersTheChain() {
        assertThat(RowTransforms.properties(values(CONSTANT + "'InsertTopicName.enabled':true,"
                        + "'transforms.InsertStaticValue1.static.field':'site',"
                        + "'transforms.InsertStaticValue1.static.value':'berlin',"
                        + "'predicates.IsTopicToEnrich.pattern':'.*',"
                        + "'transforms.OversizedRecords.fields.include.list':'orders.*',"
                        + "'transforms.ValueToKey.fields.include.list':'orders.region'")))
                .containsEntry(
                        "transforms", "ValueToKey,InsertStaticKey1,InsertStaticValue1,OversizedRecords,InsertTopicName")
                .containsEntry("predicates", "IsRowChange,IsTopicToEnrich");
    }
}
