package io.millrace.source.relational;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.NameList;
import io.millrace.control.TableName;
import io.millrace.http.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The columns that a client wants or does not want: patterns of full names, {@code schema[.]table[.]column}. A connector
 * without the toggle has the exclude list only.
 */
public final class ColumnLists {
    private static final String INCLUDE = "column.include.list.user.defined";
    private static final String EXCLUDE = "column.exclude.list.user.defined";
    private static final String TOGGLE = "column.include.list.toggled";

    /** A dot between names: escaped, in brackets, or plain without a quantifier. */
    private static final Pattern SEPARATOR = Pattern.compile("\\\\\\.|\\[\\.]|\\.(?![*+?{])");

    private ColumnLists() {}

    /** Refuses what is no pattern. */
    public static void check(ConfigValues config) {
        for (String key : List.of(INCLUDE, EXCLUDE)) {
            for (String item : NameList.split(config.text(key))) {
                try {
                    Pattern.compile(item);
                } catch (PatternSyntaxException e) {
                    throw new ApiProblem.BadRequest("'" + key + "' holds '" + item
                            + "', which is no regular expression: " + e.getDescription());
                }
            }
        }
    }

    /** Returns the one list that is in force. */
    public static Map<String, String> properties(ConfigValues config, List<TableName> tables) {
        if (config.connector().key(TOGGLE).isEmpty() || !config.isTrue(TOGGLE)) {
            return list("column.exclude.list", NameList.split(config.text(EXCLUDE)));
        }
        List<String> wanted = new ArrayList<>(NameList.split(config.text(INCLUDE)));
        if (!wanted.isEmpty()) {
            // Debezium drops every column that no item matches, also those of tables that no item is about.
            tables.stream()
                    .filter(table -> wanted.stream().noneMatch(item -> isAbout(item, table)))
                    .map(table -> TableList.pattern(table) + "\\u002E.*")
                    .toList()
                    .forEach(wanted::add);
        }
        return list("column.include.list", wanted);
    }

    private static Map<String, String> list(String property, List<String> items) {
        return items.isEmpty()
                ? Map.of()
                : Map.of(
                        property,
                        String.join(
                                ",",
                                items.stream()
                                        .map(item -> item.replace(",", "\\,"))
                                        .toList()));
    }

    private static boolean isAbout(String item, TableName table) {
        return tablePart(item)
                .map(part -> part.matcher(table.toString()).matches())
                .orElse(false);
    }

    private static Optional<Pattern> tablePart(String item) {
        Matcher separator = SEPARATOR.matcher(item);
        int last = -1;
        while (separator.find()) {
            last = separator.start();
        }
        try {
            return last < 0
                    ? Optional.empty()
                    : Optional.of(Pattern.compile(item.substring(0, last), Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            // The last dot stood inside a group; then the item is about no table that could be named.
            return Optional.empty();
        }
    }
}
