package io.millrace.source.relational;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.NameList;
import io.millrace.control.TableName;
import io.millrace.http.ApiProblem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that a client lists, by schema and name. Where databases take the place of schemas, so do their names here.
 */
public record TableList(List<String> schemas, List<TableName> tables) {
    private static final String TABLES = "table.include.list.user.defined";

    /**
     * Reads both lists. An item of the table list is {@code schema.table}, or the bare name of a table of the only
     * schema; what comes before the dot must be one of the schemas.
     *
     * @param key the key whose list names the schemas
     * @param noun what a schema is called
     */
    public static TableList of(ConfigValues config, String key, String noun) {
        List<String> schemas = NameList.split(config.text(key));
        if (schemas.isEmpty()) {
            throw new ApiProblem.BadRequest("'" + key + "' names no " + noun);
        }
        Set<TableName> tables = new LinkedHashSet<>();
        for (String item : NameList.split(config.text(TABLES))) {
            tables.add(table(item, schemas, key, noun));
        }
        if (tables.isEmpty()) {
            throw new ApiProblem.BadRequest("'" + TABLES + "' names no table");
        }
        return new TableList(schemas, List.copyOf(tables));
    }

    /** Returns Debezium's table list. Its patterns do not mind the case unless they are told to. */
    public String asPatterns() {
        return tables.stream().map(TableList::pattern).collect(Collectors.joining(","));
    }

    /** Returns Debezium's schema list. */
    public String schemasAsPatterns() {
        return schemas.stream()
                .map(schema -> "(?-i)" + NameList.literal(schema))
                .collect(Collectors.joining(","));
    }

    /** Returns a pattern that matches the full name of the table and nothing else. */
    public static String pattern(TableName table) {
        return "(?-i)" + NameList.literal(table.toString());
    }

    private static TableName table(String item, List<String> schemas, String key, String noun) {
        List<TableName> readings = schemas.stream()
                .distinct()
                .filter(schema -> item.startsWith(schema + ".") && item.length() > schema.length() + 1)
                .map(schema -> new TableName(schema, item.substring(schema.length() + 1)))
                .toList();
        if (readings.size() == 1) {
            return readings.get(0);
        }
        if (readings.size() > 1) {
            throw new ApiProblem.BadRequest("'" + item + "' in '" + TABLES + "' is both "
                    + readings.stream()
                            .map(table -> "table '" + table.table() + "' of " + noun + " '" + table.schema() + "'")
                            .collect(Collectors.joining(" and "))
                    + ", and both would share one topic; leave one of the " + noun + "s out of '" + key + "'");
        }
        if (item.contains(".")) {
            throw new ApiProblem.BadRequest("Table '" + item + "' in '" + TABLES + "' is in no " + noun + " of '" + key
                    + "' (" + String.join(", ", schemas) + "); add its " + noun + " there");
        }
        if (schemas.size() > 1) {
            throw new ApiProblem.BadRequest("Table '" + item + "' in '" + TABLES + "' needs its " + noun
                    + " in front, because '" + key + "' names several");
        }
        return new TableName(schemas.get(0), item);
    }
}
