package io.millrace.connect.snapshot.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.control.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL that reads one table by key ranges. The database orders and compares; rows with a null in the key have their
 * place in that order too.
 *
 * @param unique whether no two rows have the same key
 */
record ChunkQuery(TableName table, KeyOrder key, Optional<String> filter, boolean unique) {
    /** Returns the greatest key. */
    String greatest() {
        return "SELECT " + String.join(", ", key.selected()) + from() + where(List.of()) + " ORDER BY "
                + key.by(" DESC") + " LIMIT 1";
    }

    /** Returns the key of the row that so many rows are up to. */
    String boundary(ChunkRange range, int rows) {
        return "SELECT " + String.join(", ", key.selected()) + from() + where(conditions(range)) + " ORDER BY "
                + key.by("") + " LIMIT 1 OFFSET " + (rows - 1);
    }

    /** Returns the rows of a range: {@code columns}, then the key. */
    String rows(List<String> columns, ChunkRange range, int limit) {
        String select = Stream.concat(columns.stream(), key.selected().stream()).collect(Collectors.joining(", "));
        return "SELECT " + select + from() + where(conditions(range)) + " ORDER BY " + key.by("")
                + (range.end().isPresent() ? "" : " LIMIT " + limit);
    }

    private List<String> conditions(ChunkRange range) {
        List<String> conditions = new ArrayList<>();
        range.after().ifPresent(after -> conditions.add(key.beyond(after)));
        JsonNode end = range.end().or(range::greatest).orElseThrow();
        conditions.add(key.upTo(end));
        return conditions;
    }

    private String from() {
        return " FROM " + Sql.quoted(table);
    }

    private String where(List<String> conditions) {
        List<String> all = new ArrayList<>(conditions);
        // on lines of its own: a comment at the end of a filter must not swallow what follows
        filter.ifPresent(condition -> all.add("(\n" + condition + "\n)"));
        return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }
}
