package io.millrace.database.compare;

import io.millrace.database.compare.KeyConditions.Condition;
import io.millrace.database.compare.ReadTable.ReadColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads rows of one table on one side. Not thread-safe. */
public final class TableReader {
    private static final int KEYS_AT_A_TIME = 200;
    private static final long ABSENT = 0x5be0cd19137e2179L;

    private final Connection session;
    private final TableSql sql;
    private final ReadTable table;

    public TableReader(Connection session, TableSql sql, ReadTable table) {
        this.session = session;
        this.sql = sql;
        this.table = table;
    }

    /** Takes rows one by one. */
    interface RowSink {
        void take(ComparedRow row);
    }

    void begin() throws SQLException {
        sql.begin(session);
    }

    void end() throws SQLException {
        sql.end(session);
    }

    ReadTable table() {
        return table;
    }

    /** Counts all rows, in a view of its own. */
    public long rows() throws SQLException {
        begin();
        try {
            return count(KeyBounds.ALL);
        } finally {
            end();
        }
    }

    /** Counts the rows of a range, in the database, whether they are newer or not. */
    long count(KeyBounds bounds) throws SQLException {
        List<String> parameters = new ArrayList<>();
        String query = "SELECT count(*)" + from() + where(conditions(bounds, parameters));
        try (PreparedStatement statement = session.prepareStatement(query)) {
            bind(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Reads the rows of a range; with {@code most} the first ones in the order of keys, else all in any order. */
    void read(KeyBounds bounds, OptionalInt most, RowSink sink) throws SQLException {
        List<String> parameters = new ArrayList<>();
        List<String> conditions = conditions(bounds, parameters);
        table.newer().ifPresent(newer -> {
            String column = sql.ordered(newer.column());
            conditions.add("(" + column + " > " + sql.bound(newer.column()) + " OR " + column + " IS NULL)");
            parameters.add(sql.parameter(newer.column(), newer.since()));
        });
        String query = select()
                + where(conditions)
                + (most.isEmpty()
                        ? ""
                        : " ORDER BY "
                                + keyColumns().map(sql::ordered).collect(Collectors.joining(", "))
                                + " LIMIT " + most.getAsInt());
        run(query, parameters, sink);
    }

    /** Returns the rows that have one of these keys, by their canonical keys. */
    Map<List<String>, ComparedRow> find(Collection<List<String>> keyTexts) throws SQLException {
        List<List<String>> wanted = List.copyOf(keyTexts);
        Map<List<String>, ComparedRow> found = new HashMap<>();
        for (int start = 0; start < wanted.size(); start += KEYS_AT_A_TIME) {
            Condition among = KeyConditions.of(sql, table)
                    .among(wanted.subList(start, Math.min(start + KEYS_AT_A_TIME, wanted.size())));
            List<String> conditions = new ArrayList<>(notDeleted());
            conditions.add(among.text());
            run(select() + where(conditions), among.parameters(), row -> found.merge(row.key(), row, ComparedRow::and));
        }
        return found;
    }

    /** Returns the same in a view of its own. */
    Map<List<String>, ComparedRow> now(Collection<List<String>> keyTexts) throws SQLException {
        begin();
        try {
            return find(keyTexts);
        } finally {
            end();
        }
    }

    /** Returns whether a row that was found stands for several of one key. */
    boolean isDouble(ComparedRow row) {
        return row.columns().size() > table.columns().size();
    }

    private void run(String query, List<String> parameters, RowSink sink) throws SQLException {
        try (PreparedStatement statement = sql.streaming(session, query)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sink.take(row(rows));
                }
            }
        }
    }

    private ComparedRow row(ResultSet rows) throws SQLException {
        int position = 1;
        List<String> texts = new ArrayList<>(table.key().size());
        List<String> key = new ArrayList<>(table.key().size());
        for (ReadColumn column : table.key()) {
            String text = String.valueOf(rows.getString(position++));
            texts.add(text);
            key.add(column.kind().canonical(text));
        }
        List<Long> columns = new ArrayList<>(table.columns().size());
        for (ReadColumn column : table.columns()) {
            String text = rows.getString(position++);
            columns.add(text == null ? ABSENT : Digest.of(column.kind().canonical(text)));
        }
        return new ComparedRow(key, texts, columns);
    }

    private String select() {
        return Stream.concat(table.key().stream(), table.columns().stream())
                .map(column -> sql.text(column.column()))
                .collect(Collectors.joining(", ", "SELECT ", from()));
    }

    private String from() {
        return " FROM " + sql.quote(table.name()) + " AS " + TableSql.ROWS;
    }

    private List<String> conditions(KeyBounds bounds, List<String> parameters) {
        List<String> conditions = new ArrayList<>(notDeleted());
        for (Condition within : KeyConditions.of(sql, table).within(bounds)) {
            conditions.add(within.text());
            parameters.addAll(within.parameters());
        }
        return conditions;
    }

    private Stream<ComparedColumn> keyColumns() {
        return table.key().stream().map(ReadColumn::column);
    }

    private List<String> notDeleted() {
        Optional<String> mark = table.deletedMark().map(sql::text);
        return mark.map(text -> List.of("coalesce(lower(" + text + "), '') NOT IN ('true', 't', '1')"))
                .orElse(List.of());
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private static void bind(PreparedStatement statement, List<String> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setString(i + 1, parameters.get(i));
        }
    }
}
