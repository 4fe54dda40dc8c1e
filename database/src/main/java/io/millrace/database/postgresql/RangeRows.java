package io.millrace.database.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.TableName;
import io.millrace.database.Column;
import io.millrace.database.KeyRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of one table in a range of keys. The database compares, in the collation of the columns; values travel as text
 * with a cast, as they do in the engine's own reads.
 */
public final class RangeRows {
    /** Where a position among rows with nulls says which row it is of. */
    private static final String PLACE = "ctid";

    private static final String PARTITION = "tableoid";

    private final Connection session;
    private final TableName table;
    private final KeyRange range;

    public RangeRows(Connection session, TableName table, KeyRange range) {
        this.session = session;
        this.table = table;
        this.range = range;
    }

    /** Returns how many there are; empty if counting them takes longer than the limit. */
    public Optional<Long> count(Duration limit) throws SQLException {
        return ReadOnly.number(session, "SELECT count(*)" + from(), limit);
    }

    /**
     * Returns FROM and WHERE of a query over the rows.
     *
     * @throws SQLException also if a column of the range is no longer there
     */
    String from() throws SQLException {
        List<String> conditions = new ArrayList<>();
        if (!range.columns().isEmpty()) {
            Map<String, Column> columns = columns();
            String nulls = columns.values().stream()
                    .filter(Column::nullable)
                    .map(column -> Identifiers.quote(column.name()) + " IS NULL")
                    .collect(Collectors.joining(" OR "));
            conditions.add(range.upTo()
                    .map(end -> orNull(row() + " <= " + values(columns, end), nulls))
                    .orElse(nulls.isEmpty() ? "false" : "(" + nulls + ")"));
            range.after().ifPresent(after -> conditions.add(beyond(columns, after, nulls)));
        }
        // on lines of its own: a comment at the end of a filter must not swallow what follows
        range.filter().ifPresent(filter -> conditions.add("(\n" + filter + "\n)"));
        return " FROM " + Identifiers.quote(table)
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    private Map<String, Column> columns() throws SQLException {
        Map<String, Column> all = new PostgresCatalogue(session)
                .columns(table).stream().collect(Collectors.toMap(Column::name, column -> column));
        Map<String, Column> found = new LinkedHashMap<>();
        for (String name : range.columns()) {
            if (!all.containsKey(name)) {
                throw new SQLException("Table " + table + " has no column '" + name + "' any more", "42703");
            }
            found.put(name, all.get(name));
        }
        return found;
    }

    private String beyond(Map<String, Column> columns, JsonNode after, String nulls) {
        boolean amongNulls = columns.keySet().stream()
                .anyMatch(name -> after.path(name).isNull() || after.path(name).isMissingNode());
        if (!amongNulls) {
            return orNull(row() + " > " + values(columns, after), nulls);
        }
        String place = after.has(PLACE)
                ? " AND (tableoid, ctid) > ("
                        + Identifiers.literal(after.get(PARTITION).asText()) + "::oid, "
                        + Identifiers.literal(after.get(PLACE).asText()) + "::tid)"
                : "";
        return nulls.isEmpty() ? "false" : "((" + nulls + ")" + place + ")";
    }

    private static String orNull(String comparison, String nulls) {
        return nulls.isEmpty() ? comparison : "(" + comparison + " OR " + nulls + ")";
    }

    private String row() {
        return "(" + Identifiers.list(range.columns()) + ")";
    }

    private static String values(Map<String, Column> columns, JsonNode key) {
        return columns.values().stream()
                .map(column ->
                        "CAST(" + Identifiers.literal(key.path(column.name()).asText()) + " AS " + column.type() + ")")
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
