package io.millrace.database.compare;

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
import java.util.stream.IntStream;
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

    /** Counts the rows of a range, in the database. */
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
        String query = select()
                + where(conditions(bounds, parameters))
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
        String one = keyColumns().map(sql::equal).collect(Collectors.joining(" AND ", "(", ")"));
        for (int start = 0; start < wanted.size(); start += KEYS_AT_A_TIME) {
            List<List<String>> some = wanted.subList(start, Math.min(start + KEYS_AT_A_TIME, wanted.size()));
            List<String> parameters =
                    some.stream().flatMap(key -> parameters(key).stream()).toList();
            List<String> conditions = new ArrayList<>(notDeleted());
            conditions.add(Stream.generate(() -> one).limit(some.size()).collect(Collectors.joining(" OR ", "(", ")")));
            run(select() + where(conditions), parameters, row -> found.put(row.key(), row));
        }
        return found;
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
        bounds.from().ifPresent(key -> conditions.add(beyond(key, ">", ">=", parameters)));
        bounds.to().ifPresent(key -> conditions.add(beyond(key, "<", "<", parameters)));
        return conditions;
    }

    /** Compares column by column; the first one stands alone too, since indexes follow that in every product. */
    private String beyond(List<String> key, String strict, String last, List<String> parameters) {
        List<String> bound = parameters(key);
        List<ComparedColumn> columns = keyColumns().toList();
        StringBuilder condition = new StringBuilder("(");
        if (columns.size() > 1) {
            condition.append(compared(columns.get(0), strict + "=")).append(" AND ");
            parameters.add(bound.get(0));
        }
        for (int i = 0; i < columns.size() - 1; i++) {
            condition.append('(').append(compared(columns.get(i), strict)).append(" OR (");
            condition.append(compared(columns.get(i), "=")).append(" AND ");
            parameters.addAll(List.of(bound.get(i), bound.get(i)));
        }
        condition.append(compared(columns.get(columns.size() - 1), last));
        parameters.add(bound.get(columns.size() - 1));
        return condition.append("))".repeat(columns.size() - 1)).append(')').toString();
    }

    private String compared(ComparedColumn column, String operator) {
        return sql.ordered(column) + " " + operator + " " + sql.bound(column);
    }

    private List<String> parameters(List<String> key) {
        List<ComparedColumn> columns = keyColumns().toList();
        return IntStream.range(0, columns.size())
                .mapToObj(i -> sql.parameter(columns.get(i), key.get(i)))
                .toList();
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
