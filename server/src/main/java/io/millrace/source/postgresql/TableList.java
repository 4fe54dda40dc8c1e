package io.millrace.source.postgresql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.control.TableName;
import io.millrace.http.ApiProblem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables that a client lists, by schema and name. */
record TableList(List<String> schemas, List<TableName> tables) {
    static final String SCHEMAS = "schema.include.list";
    static final String TABLES = "table.include.list.user.defined";

    /**
     * Reads both lists. An item of the table list is {@code schema.table}, or the bare name of a table of the only
     * schema; what comes before the dot must be one of the schemas.
     */
    static TableList of(ConfigValues config) {
        List<String> schemas = NameList.split(config.text(SCHEMAS));
        if (schemas.isEmpty()) {
            throw new ApiProblem.BadRequest("'" + SCHEMAS + "' names no schema");
        }
        Set<TableName> tables = new LinkedHashSet<>();
        for (String item : NameList.split(config.text(TABLES))) {
            tables.add(table(item, schemas));
        }
        if (tables.isEmpty()) {
            throw new ApiProblem.BadRequest("'" + TABLES + "' names no table");
        }
        return new TableList(schemas, List.copyOf(tables));
    }

    /** Returns Debezium's table list. Its patterns do not mind the case unless they are told to. */
    String asPatterns() {
        return tables.stream().map(TableList::pattern).collect(Collectors.joining(","));
    }

    /** Returns Debezium's schema list. */
    String schemasAsPatterns() {
        return schemas.stream()
                .map(schema -> "(?-i)" + NameList.literal(schema))
                .collect(Collectors.joining(","));
    }

    static String pattern(TableName table) {
        return "(?-i)" + NameList.literal(table.toString());
    }

    private static TableName table(String item, List<String> schemas) {
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
                            .map(table -> "table '" + table.table() + "' of schema '" + table.schema() + "'")
                            .collect(Collectors.joining(" and "))
                    + ", and both would share one topic; leave one of the schemas out of '" + SCHEMAS + "'");
        }
        if (item.contains(".")) {
            throw new ApiProblem.BadRequest("Table '" + item + "' in '" + TABLES + "' is in no schema of '" + SCHEMAS
                    + "' (" + String.join(", ", schemas) + "); add its schema there");
        }
        if (schemas.size() > 1) {
            throw new ApiProblem.BadRequest("Table '" + item + "' in '" + TABLES
                    + "' needs its schema in front, because '" + SCHEMAS + "' names several");
        }
        return new TableName(schemas.get(0), item);
    }
}
