package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.postgresql.TableCatalogue.KeyColumn;
import io.millrace.control.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that reads one table by key ranges, and keys as objects of column to value.
 *
 * <p>The database orders and compares: values travel as text with a cast, so every type and collation that has a btree
 * will do. Rows with a null in the key have no place in that order; they come last, ordered by where they lie ({@code
 * tableoid, ctid}), and a position among them says so beside the nulls. Such a position means nothing once the table was
 * rewritten, therefore it carries the file that it was taken from, and without it the rows are read from the first one
 * again.
 */
final class ChunkQuery {
    private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");
    private static final String PLACE = "ctid";
    private static final String PARTITION = "tableoid";
    private static final String FILE = "relfilenode";

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

    /** Returns the greatest key, as the columns of {@link #keyOf}. */
    String greatest() {
        List<String> whole = key.stream()
                .filter(KeyColumn::nullable)
                .map(column -> TableCatalogue.quoted(column.name()) + " IS NOT NULL")
                .toList();
        return "SELECT " + keyItems() + from + where(whole) + " ORDER BY " + keyOrder(" DESC") + " LIMIT 1";
    }

    boolean isUnique() {
        return unique;
    }

    /** Returns how many keys were found, up to {@code rows}, and the last of them. */
    String boundary(ChunkRange range, int rows) {
        List<String> conditions = new ArrayList<>();
        range.after().ifPresent(after -> conditions.add(keyRow() + " > " + values(after)));
        conditions.add(keyRow() + " <= " + values(range.greatest().orElseThrow()));
        return "SELECT count(*) OVER (), " + keyItems() + " FROM (SELECT " + keyOrder("") + from + where(conditions)
                + " ORDER BY " + keyOrder("") + " LIMIT " + rows + ") AS keys ORDER BY " + keyOrder(" DESC")
                + " LIMIT 1";
    }

    /** Returns the rows of a range: {@code columns}, then the key, then for rows among the nulls their place. */
    String rows(List<String> columns, ChunkRange range, int limit) {
        String select = "SELECT "
                + columns.stream().map(TableCatalogue::quoted).collect(Collectors.joining(", "))
                + (columns.isEmpty() ? "" : ", ") + keyItems();
        return isAmongNulls(range) ? rowsAmongNulls(select, range, limit) : rowsByKey(select, range, limit);
    }

    private String rowsByKey(String select, ChunkRange range, int limit) {
        List<String> conditions = new ArrayList<>();
        range.after().ifPresent(after -> conditions.add(keyRow() + " > " + values(after)));
        conditions.add(
                keyRow() + " <= " + values(range.end().or(range::greatest).orElseThrow()));
        return select + from + where(conditions) + " ORDER BY " + keyOrder("") + limit(range, limit);
    }

    private String limit(ChunkRange range, int limit) {
        if (range.end().isPresent()) {
            return "";
        }
        // equal keys stay together, or the next chunk, which begins beyond them, would miss some
        return unique ? " LIMIT " + limit : " FETCH FIRST " + limit + " ROWS WITH TIES";
    }

    private String rowsAmongNulls(String select, ChunkRange range, int rows) {
        List<String> conditions = new ArrayList<>();
        conditions.add("("
                + key.stream()
                        .map(column -> TableCatalogue.quoted(column.name()) + " IS NULL")
                        .collect(Collectors.joining(" OR "))
                + ")");
        range.after()
                .filter(after -> after.has(PLACE))
                .ifPresent(after -> conditions.add("((tableoid, ctid) > " + place(after)
                        + " OR pg_relation_filenode("
                        + literal(after.get(PARTITION).asText())
                        + "::oid::regclass) IS DISTINCT FROM "
                        + literal(after.get(FILE).asText()) + "::oid)"));
        range.end().filter(end -> end.has(PLACE)).ifPresent(end -> conditions.add("(tableoid, ctid) <= " + place(end)));
        String limit = range.end().isPresent() ? "" : " LIMIT " + rows;
        return select + ", tableoid::text AS millrace_part, ctid::text AS millrace_place,"
                + " pg_relation_filenode(tableoid)::text AS millrace_file" + from + where(conditions)
                + " ORDER BY tableoid, ctid" + limit;
    }

    private static String place(JsonNode position) {
        return "(" + literal(position.get(PARTITION).asText()) + "::oid, "
                + literal(position.get(PLACE).asText()) + "::tid)";
    }

    private String where(List<String> conditions) {
        List<String> all = new ArrayList<>(conditions);
        // on lines of its own: a comment at the end of a filter must not swallow what follows
        filter.ifPresent(condition -> all.add("(\n" + condition + "\n)"));
        all.removeIf(String::isEmpty);
        return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }

    /** Key columns as text, under names of their own so that ORDER BY means the columns. */
    private String keyItems() {
        List<String> items = new ArrayList<>();
        for (KeyColumn column : key) {
            items.add(TableCatalogue.quoted(column.name()) + "::text AS millrace_key_" + items.size());
        }
        return String.join(", ", items);
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
                .map(column -> "CAST(" + literal(position.get(column.name()).asText()) + " AS " + column.type() + ")")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Returns the text as an SQL literal, for sessions in which a backslash is a backslash. */
    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Returns the key in a result, from the given column on. */
    JsonNode keyOf(ResultSet result, int from, boolean amongNulls) throws SQLException {
        ObjectNode position = JsonNodeFactory.instance.objectNode();
        int index = from;
        for (KeyColumn column : key) {
            put(position, column, result.getString(index++));
        }
        if (amongNulls) {
            position.put(PARTITION, result.getString(index++));
            position.put(PLACE, result.getString(index++));
            position.put(FILE, result.getString(index));
        }
        return position;
    }

    private static void put(ObjectNode position, KeyColumn column, @Nullable String text) {
        if (text == null) {
            position.putNull(column.name());
        } else if (WHOLE_NUMBERS.contains(column.type())) {
            position.put(column.name(), Long.parseLong(text));
        } else {
            position.put(column.name(), text);
        }
    }
}
