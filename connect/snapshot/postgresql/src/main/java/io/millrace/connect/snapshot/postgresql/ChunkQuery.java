package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.postgresql.TableCatalogue.KeyColumn;
import io.millrace.control.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL that reads one table by key ranges.
 *
 * <p>The database orders and compares: values travel as text with a cast, so every type and collation that has a btree
 * will do. Rows with a null in the key have no place in that order; they come last, ordered by where they lie ({@code
 * tableoid, ctid}), and a position among them says so beside the nulls. Such a position means nothing once the table was
 * rewritten, therefore it carries the file that it was taken from, and without it the rows are read from the first one
 * again.
 */
final class ChunkQuery {
    private final String from;
    private final List<KeyColumn> key;
    private final Optional<String> filter;
    private final boolean unique;

    ChunkQuery(TableName table, List<KeyColumn> key, Optional<String> filter, boolean unique) {
        this.from = " FROM " + TableCatalogue.quoted(table);
        this.key = List.copyOf(key);
        this.filter = filter;
        this.unique = unique;
    }

    boolean hasNullableKey() {
        return key.stream().anyMatch(KeyColumn::nullable);
    }

    /** Returns whether a range lies among the rows with a null in their key, which follow the greatest key. */
    boolean isAmongNulls(ChunkRange range) {
        return hasNullableKey()
                && (range.greatest().isEmpty()
                        || range.after().equals(range.greatest())
                        || range.after().filter(this::hasNull).isPresent());
    }

    private boolean hasNull(JsonNode position) {
        return key.stream().anyMatch(column -> position.path(column.name()).isNull());
    }

    /** Returns whether no two rows that a range can hold have the same position. */
    boolean hasUniquePositions(ChunkRange range) {
        return unique || isAmongNulls(range);
    }

    /** Returns the greatest key. */
    String greatest() {
        List<String> whole = key.stream()
                .filter(KeyColumn::nullable)
                .map(column -> TableCatalogue.quoted(column.name()) + " IS NOT NULL")
                .toList();
        return "SELECT " + keyOrder("") + from + where(whole) + " ORDER BY " + keyOrder(" DESC") + " LIMIT 1";
    }

    /** Returns the key of the row that so many rows are up to, and behind it how many rows there were. */
    String boundary(ChunkRange range, int rows) {
        return "SELECT " + keyOrder("") + ", count(*) OVER () FROM (SELECT " + keyOrder("") + from
                + where(keyRange(range)) + " ORDER BY " + keyOrder("") + " LIMIT " + rows + ") first ORDER BY "
                + keyOrder(" DESC") + " LIMIT 1";
    }

    /** Returns the rows of a range: {@code columns}, then what these lack of the key, then places among the nulls. */
    String rows(List<String> columns, ChunkRange range, int limit) {
        String select = "SELECT "
                + Stream.concat(columns.stream(), KeyFields.in(key, columns).lacking(columns).stream())
                        .map(TableCatalogue::quoted)
                        .collect(Collectors.joining(", "));
        return isAmongNulls(range) ? rowsAmongNulls(select, range, limit) : rowsByKey(select, range, limit);
    }

    private String rowsByKey(String select, ChunkRange range, int limit) {
        return select + from + where(keyRange(range)) + " ORDER BY " + keyOrder("") + limit(range, limit);
    }

    private List<String> keyRange(ChunkRange range) {
        List<String> conditions = new ArrayList<>();
        range.after().ifPresent(after -> conditions.add(keyRow() + " > " + values(after)));
        conditions.add(
                keyRow() + " <= " + values(range.end().or(range::greatest).orElseThrow()));
        return conditions;
    }

    private String limit(ChunkRange range, int rows) {
        if (range.end().isPresent()) {
            return "";
        }
        // equal keys stay together, or the next chunk, which begins beyond them, would miss some
        return unique ? " LIMIT " + rows : " FETCH FIRST " + rows + " ROWS WITH TIES";
    }

    private String rowsAmongNulls(String select, ChunkRange range, int rows) {
        List<String> conditions = new ArrayList<>();
        conditions.add("("
                + key.stream()
                        .map(column -> TableCatalogue.quoted(column.name()) + " IS NULL")
                        .collect(Collectors.joining(" OR "))
                + ")");
        range.after()
                .filter(after -> after.has(KeyFields.PLACE))
                .ifPresent(after -> conditions.add("((tableoid, ctid) > " + place(after)
                        + " OR pg_relation_filenode("
                        + TableCatalogue.literal(after.get(KeyFields.PARTITION).asText())
                        + "::oid::regclass) IS DISTINCT FROM "
                        + TableCatalogue.literal(after.get(KeyFields.FILE).asText()) + "::oid)"));
        range.end()
                .filter(end -> end.has(KeyFields.PLACE))
                .ifPresent(end -> conditions.add("(tableoid, ctid) <= " + place(end)));
        String limit = range.end().isPresent() ? "" : " LIMIT " + rows;
        return select + ", tableoid, ctid, pg_relation_filenode(tableoid)" + from + where(conditions)
                + " ORDER BY tableoid, ctid" + limit;
    }

    private static String place(JsonNode position) {
        return "(" + TableCatalogue.literal(position.get(KeyFields.PARTITION).asText()) + "::oid, "
                + TableCatalogue.literal(position.get(KeyFields.PLACE).asText()) + "::tid)";
    }

    private String where(List<String> conditions) {
        List<String> all = new ArrayList<>(conditions);
        // on lines of its own: a comment at the end of a filter must not swallow what follows
        filter.ifPresent(condition -> all.add("(\n" + condition + "\n)"));
        all.removeIf(String::isEmpty);
        return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }

    private String keyOrder(String direction) {
        return key.stream()
                .map(column -> TableCatalogue.quoted(column.name()) + direction)
                .collect(Collectors.joining(", "));
    }

    private String keyRow() {
        return "(" + keyOrder("") + ")";
    }

    private String values(JsonNode position) {
        return key.stream()
                .map(column -> "CAST("
                        + TableCatalogue.literal(position.get(column.name()).asText()) + " AS " + column.type() + ")")
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
