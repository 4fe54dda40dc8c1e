package io.millrace.connect.snapshot.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The order of a table's keys in the database's own terms: column by column, null before everything.
 *
 * <p>Comparisons are spelled out: {@code (a > 1) OR (a = 1 AND b > 2)}, for neither product finds ranges of an index in
 * {@code (a, b) > (1, 2)}. In front stands {@code a >= 1}, by which it finds them quickly.
 *
 * @param columns the key
 */
record KeyOrder(List<KeyColumn> columns) {
    KeyOrder {
        columns = List.copyOf(columns);
    }

    /** Returns the columns to order by. */
    String by(String direction) {
        return columns.stream()
                .map(column -> Sql.quoted(column.name()) + direction)
                .collect(Collectors.joining(", "));
    }

    /** Returns what to select to get a key. */
    List<String> selected() {
        return columns.stream().map(KeyColumn::selected).toList();
    }

    /** Returns the key whose first column is at an index of a result. */
    JsonNode read(ResultSet row, int first) throws SQLException {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            key.set(columns.get(i).name(), columns.get(i).json(row.getString(first + i)));
        }
        return key;
    }

    /** Returns the condition that a row lies beyond a key. */
    String beyond(JsonNode key) {
        List<String> ways = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ways.add(and(equal(key, i), greater(columns.get(i), value(key, i))));
        }
        JsonNode first = value(key, 0);
        return bounded(
                first.isNull()
                        ? List.of()
                        : List.of(columns.get(0).compared() + " >= "
                                + columns.get(0).literal(first)),
                ways);
    }

    /** Returns the condition that a row lies not beyond a key. */
    String upTo(JsonNode key) {
        List<String> ways = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!value(key, i).isNull()) {
                ways.add(and(equal(key, i), less(columns.get(i), value(key, i), "<")));
            }
        }
        ways.add(String.join(" AND ", equal(key, columns.size())));
        JsonNode first = value(key, 0);
        return bounded(first.isNull() ? List.of() : List.of(less(columns.get(0), first, "<=")), ways);
    }

    private static String bounded(List<String> bound, List<String> ways) {
        String either = ways.stream().map(way -> "(" + way + ")").collect(Collectors.joining(" OR ", "(", ")"));
        return bound.isEmpty() ? either : bound.get(0) + " AND " + either;
    }

    private static String and(List<String> conditions, String last) {
        List<String> all = new ArrayList<>(conditions);
        all.add(last);
        return String.join(" AND ", all);
    }

    /** Returns the conditions that the first columns of a row are those of a key. */
    private List<String> equal(JsonNode key, int first) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < first; i++) {
            KeyColumn column = columns.get(i);
            JsonNode value = value(key, i);
            conditions.add(column.compared() + (value.isNull() ? " IS NULL" : " = " + column.literal(value)));
        }
        return conditions;
    }

    private static String greater(KeyColumn column, JsonNode value) {
        return column.compared() + (value.isNull() ? " IS NOT NULL" : " > " + column.literal(value));
    }

    private static String less(KeyColumn column, JsonNode value, String operator) {
        String smaller = column.compared() + " " + operator + " " + column.literal(value);
        return column.nullable() ? "(" + column.compared() + " IS NULL OR " + smaller + ")" : smaller;
    }

    private JsonNode value(JsonNode key, int column) {
        return key.path(columns.get(column).name()).isMissingNode()
                ? JsonNodeFactory.instance.nullNode()
                : key.get(columns.get(column).name());
    }
}
