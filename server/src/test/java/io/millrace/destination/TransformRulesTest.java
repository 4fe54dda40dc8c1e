package io.millrace.destination;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformRulesTest {
    private static final String NOTES = "transforms.StringReplace.fields.include.list";
    private static final String PATTERNS = "transforms.StringReplace.regex.patterns";
    private static final String REPLACEMENTS = "transforms.StringReplace.replacement.values";
    private static final String RENAMES = "transforms.RenameFields.renames.user.defined";
    private static final String HEADERS = "transforms.HeaderToFieldCustom.header.mappings";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transforms.ToIntJ.fields.include.list",
                "transforms.ToFloatJ.fields.include.list",
                "transforms.ToDecimalJ.fields.include.list",
                "transforms.ToStringJ.fields.include.list",
                "transforms.ToJsonJ.fields.include.list",
                "transforms.ToJsonbJ.fields.include.list",
                "transforms.StringReplace.fields.include.list",
                "transforms.OversizedRecords.fields.include.list",
                "transforms.OversizedRecords.fields.exclude.list",
                "transforms.AddStringSuffix.fields.include.list",
                "transforms.DropFields.fields.include.list",
                "transforms.MarkColumnsAsOptional.fields.include.list"
            })
    void refusesAListThatDoesNotNameColumns(String key) {
        assertRefused(
                "'" + key + "' holds 'total'; a column is written table.column, or table.* for all of a table",
                Map.of(key, "orders.total, total"));
    }

    @Test
    void refusesAReferenceThatAWorkerWouldResolve() {
        assertRefused(
                "'transforms.DropFields.fields.include.list' must not hold '${'; write \\$\\{ in a pattern, and name a"
                        + " group by its number",
                Map.of("transforms.DropFields.fields.include.list", "orders.${secret:a:b}"));
    }

    @Test
    void refusesColumnsToReplaceInWithoutAPattern() {
        assertRefused(
                "'" + PATTERNS + "' is missing; columns in which text is replaced need at least one pattern",
                Map.of(NOTES, "orders.note"));
    }

    @Test
    void refusesPatternsAndReplacementsThatAreNotPairs() {
        assertRefused(
                "'" + REPLACEMENTS + "' has 1 items and '" + PATTERNS
                        + "' 2; each pattern needs one replacement, and a comma cannot be part of either",
                Map.of(NOTES, "orders.note", PATTERNS, "a,b", REPLACEMENTS, "x"));
    }

    @Test
    void refusesAPatternThatIsNone() {
        assertRefused(
                "'" + PATTERNS + "' is no regular expression: Unclosed group",
                Map.of(NOTES, "orders.note", PATTERNS, "(", REPLACEMENTS, "x"));
    }

    @Test
    void refusesAReplacementThatNamesAGroupThatIsNotThere() {
        assertRefused(
                "'" + REPLACEMENTS + "' holds '$2', which does not fit the pattern '(a)': No group 2; write \\$ for a"
                        + " dollar sign and \\\\ for a backslash",
                Map.of(NOTES, "orders.note", PATTERNS, "(a)", REPLACEMENTS, "$2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "[]", "7"})
    void refusesRenamesThatAreNoObject(String text) {
        assertThatThrownBy(() -> check(Map.of(RENAMES, text)))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageStartingWith("'" + RENAMES + "' is no JSON")
                .hasMessageEndingWith("; write {\"table.column\": \"new_name\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 7}", "{\"a\": \"\"}", "{\"a\": null}"})
    void refusesARenameWithoutAName(String text) {
        assertRefused(
                "'" + RENAMES + "' gives the column 'a' no new name; write {\"table.column\": \"new_name\"}",
                Map.of(RENAMES, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "total:", ":copy"})
    void refusesACopyThatIsNoPair(String pair) {
        assertRefused(
                "'transforms.CopyField.copy.field.mapping' holds '" + pair + "'; a copy is written old:new",
                Map.of("transforms.CopyField.copy.field.mapping", pair));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace", ":STRING", "trace:STRING:", "a:STRING:b:c"})
    void refusesAHeaderOfAnotherForm(String item) {
        assertRefused(
                "'" + HEADERS + "' holds '" + item + "'; a header is written header:TYPE, or header:TYPE:column",
                Map.of(HEADERS, item));
    }

    @Test
    void refusesATypeThatNoHeaderHas() {
        assertRefused(
                "'" + HEADERS + "' holds the type 'TEXT'; it can be BOOLEAN, FLOAT32, FLOAT64, INT16, INT32, INT64,"
                        + " INT8, STRING",
                Map.of(HEADERS, "trace:TEXT"));
    }

    @Test
    void refusesARouterThatIsNoPattern() {
        assertRefused(
                "'transforms.TopicRegexRouter1.regex' is no regular expression: Unclosed character class",
                Map.of("transforms.TopicRegexRouter1.regex", "["));
    }

    @Test
    void refusesARouterThatNamesAGroupThatIsNotThere() {
        assertRefused(
                "'transforms.TopicRegexRouter2.replacement' holds '$1', which does not fit the pattern 'x': No group 1;"
                        + " write \\$ for a dollar sign and \\\\ for a backslash",
                Map.of("transforms.TopicRegexRouter2.regex", "x", "transforms.TopicRegexRouter2.replacement", "$1"));
    }

    @Test
    void refusesATopicPatternThatIsNone() {
        assertRefused(
                "'transforms.changeTopicName.match.regex.user.defined' is no regular expression: Unclosed group",
                Map.of("transforms.changeTopicName.match.regex.user.defined", "(.*"));
    }

    @Test
    void refusesALineOfTheTableMapThatIsNoPair() {
        assertThatThrownBy(() -> TransformRules.check(postgresql("'topic2table.map.user.defined':true,"
                        + "'transforms.changeTopicName.mapping':'public.orders:o\\ncustomers'")))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessage("'transforms.changeTopicName.mapping' holds the line 'customers'; a line is written"
                        + " source_table:target_table");
    }

    @Test
    void takesWhatIsWellFormed() {
        assertThatCode(
                        () -> TransformRules.check(
                                postgresql(
                                        """
                        'transforms.DropFields.fields.include.list':'orders.note, public.orders.*',
                        'transforms.MarkColumnsAsOptional.fields.include.list':'*',
                        'transforms.StringReplace.fields.include.list':'orders.note',
                        'transforms.StringReplace.regex.patterns':'(a)(b)?,c',
                        'transforms.StringReplace.replacement.values':'$2$1,',
                        'transforms.CopyField.copy.field.mapping':'id:id_copy, orders.note:note2',
                        'transforms.HeaderToFieldCustom.header.mappings':'trace:string, n:INT64:number',
                        'transforms.TopicRegexRouter1.regex':'.*','topic2table.map.user.defined':true,
                        'transforms.changeTopicName.mapping':'public.orders:o\\n\\ncustomers:c'
                        """)))
                .doesNotThrowAnyException();
    }

    @Test
    void mindsOnlyKeysThatHaveAnEffect() {
        assertThatCode(() -> {
                    TransformRules.check(postgresql("'transforms.changeTopicName.mapping':'nothing'"));
                    TransformRules.check(SinkConfigs.of("kafka", "", "'transforms.TopicRegexRouter1.regex':'['"));
                })
                .doesNotThrowAnyException();
    }

    private static void assertRefused(String message, Map<String, String> given) {
        assertThatThrownBy(() -> check(given))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessage(message);
    }

    private static void check(Map<String, String> given) {
        var config = postgresql("");
        given.forEach(config.config()::put);
        TransformRules.check(config);
    }

    private static ConfigValues postgresql(String members) {
        return SinkConfigs.of("postgresql", "", members);
    }
}
