package io.millrace.database.mariadb;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.TableName;
import io.millrace.database.Column;
import io.millrace.database.KeyRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of one table in a range of keys. The database compares, in the collation of the columns; values travel as text
 * with a cast where a comparison with text would not be exact.
 */
public final class RangeRows {
    private final Connection session;
    private final TableName table;
    private final KeyRange range;

    public RangeRows(Connection session, TableName table, KeyRange range) {
        this.session = session;
        this.table = table;
        this.range = range;
    }

    /**
     * Returns how many there are; empty if counting them takes longer than the limit, or if the range cannot be said in
     * SQL because a column of it may be null or is of a type without an exact literal.
     */
    public Optional<Long> count(Duration limit) throws SQLException {
        Optional<String> from = from();
        return from.isEmpty() ? Optional.empty() : ReadOnly.number(session, "SELECT count(*)" + from.get(), limit);
    }

    /**
     * Returns FROM and WHERE of a query over the rows; empty where the range cannot be said.
     *
     * @throws SQLException also if a column of the range is no longer there
     */
    Optional<String> from() throws SQLException {
        List<String> conditions = new ArrayList<>();
        if (!range.columns().isEmpty()) {
            Map<String, Column> columns = columns();
            boolean sayable = range.upTo().isPresent()
                    && columns.values().stream().noneMatch(Column::nullable)
                    && range.columns().stream()
                            .allMatch(name -> literal(columns.get(name), "0").isPresent());
            if (!sayable) {
                return Optional.empty();
            }
            conditions.add("NOT " + beyond(columns, range.upTo().get()));
            range.after().ifPresent(after -> conditions.add(beyond(columns, after)));
        }
        // on lines of its own: a comment at the end of a filter must not swallow what follows
        range.filter().ifPresent(filter -> conditions.add("(\n" + filter + "\n)"));
        return Optional.of(" FROM " + Identifiers.quote(table)
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)));
    }

    private Map<String, Column> columns() throws SQLException {
        Map<String, Column> all = new MariaDbCatalogue(session)
                .columns(table).stream().collect(Collectors.toMap(Column::name, Function.identity()));
        for (String name : range.columns()) {
            if (!all.containsKey(name)) {
                throw new SQLException("Table " + table + " has no column '" + name + "' any more", "42S22");
            }
        }
        all.keySet().retainAll(range.columns());
        return all;
    }

    /** Returns the condition of the rows after a key, in a form that lets the server use an index. */
    private String beyond(Map<String, Column> columns, JsonNode key) {
        List<String> cases = new ArrayList<>();
        StringBuilder equal = new StringBuilder();
        for (String name : range.columns()) {
            String column = Identifiers.quote(name);
            String value = literal(columns.get(name), key.path(name).asText()).orElseThrow();
            cases.add("(" + equal + column + " > " + value + ")");
            equal.append(column).append(" = ").append(value).append(" AND ");
        }
        return "(" + String.join(" OR ", cases) + ")";
    }

    private static Optional<String> literal(Column column, String value) {
        String text = Identifiers.literal(value);
        String type = column.type();
        return switch (type.replaceFirst("[( ].*", "")) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" ->
                Optional.of("CAST(" + text + " AS " + (type.contains("unsigned") ? "UNSIGNED" : "SIGNED") + ")");
            case "decimal" -> Optional.of("CAST(" + text + " AS " + type.replaceFirst("\\).*", ")") + ")");
            case "date" -> Optional.of("CAST(" + text + " AS DATE)");
            case "datetime" -> Optional.of("CAST(" + text + " AS DATETIME(6))");
            case "char", "varchar", "uuid" -> Optional.of(text);
            default -> Optional.empty();
        };
    }
}
