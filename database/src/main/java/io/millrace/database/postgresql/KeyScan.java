package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Column;
import io.millrace.database.KeyColumn;
import io.millrace.database.KeyKind;
import io.millrace.database.KeyRange;
import io.millrace.database.TableView;
import io.millrace.database.TransactionView;
import io.millrace.database.UniqueKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the primary keys of the rows in a range, all in one consistent view. */
public final class KeyScan {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int FETCH = 5000;

    private final Connection session;
    private final TableName table;
    private final KeyRange range;

    public KeyScan(Connection session, TableName table, KeyRange range) {
        this.session = session;
        this.table = table;
        this.range = range;
    }

    /**
     * Gives each key, as texts that equal values have in common, to {@code keys}; returns the view, or nothing where that
     * is not possible: there is no primary key, a column of it is of another kind than {@link KeyKind}, a value has no such
     * text, or there are more rows than {@code most}.
     */
    public Optional<TableView> read(long most, Consumer<List<String>> keys) throws SQLException {
        Optional<List<KeyColumn>> key = key();
        return key.isEmpty() ? Optional.empty() : ReadOnly.within(session, LIMIT, () -> read(key.get(), most, keys));
    }

    private Optional<List<KeyColumn>> key() throws SQLException {
        PostgresCatalogue catalogue = new PostgresCatalogue(session);
        Map<String, Column> columns =
                catalogue.columns(table).stream().collect(Collectors.toMap(Column::name, Function.identity()));
        List<String> names = catalogue.primaryKey(table).map(UniqueKey::columns).orElse(List.of());
        List<KeyColumn> key = new ArrayList<>();
        for (String name : names) {
            Optional<KeyKind> kind = kind(columns.get(name).type());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            key.add(new KeyColumn(name, kind.get()));
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(key);
    }

    private static Optional<KeyKind> kind(String type) {
        if (List.of("smallint", "integer", "bigint").contains(type)) {
            return Optional.of(KeyKind.INTEGER);
        }
        if (type.equals("text") || type.equals("uuid") || type.startsWith("character varying")) {
            return Optional.of(KeyKind.TEXT);
        }
        if (type.startsWith("timestamp")) {
            return Optional.of(type.endsWith("with time zone") ? KeyKind.INSTANT : KeyKind.TIMESTAMP);
        }
        return switch (type.replaceFirst("\\(.*", "")) {
            case "character" -> Optional.of(KeyKind.PADDED);
            case "boolean" -> Optional.of(KeyKind.BOOLEAN);
            case "numeric" -> Optional.of(KeyKind.DECIMAL);
            case "date" -> Optional.of(KeyKind.DATE);
            default -> Optional.empty();
        };
    }

    private static String expression(KeyColumn column) {
        String name = Identifiers.quote(column.name());
        return switch (column.kind()) {
            case DATE -> "CASE WHEN isfinite(" + name + ") THEN (" + name + " - DATE '1970-01-01')::text END";
            case TIMESTAMP, INSTANT ->
                "CASE WHEN isfinite(" + name + ") THEN (extract(epoch FROM " + name + ") * 1000000)::bigint::text END";
            default -> name + "::text";
        };
    }

    private Optional<TableView> read(List<KeyColumn> key, long most, Consumer<List<String>> keys) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            TransactionView transactions = parse(text(statement, "SELECT pg_catalog.pg_current_snapshot()::text"));
            String position = text(
                    statement,
                    "SELECT (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()"
                            + " ELSE pg_catalog.pg_current_wal_insert_lsn() END)::text");
            statement.setFetchSize(FETCH);
            String columns = key.stream().map(KeyScan::expression).collect(Collectors.joining(", "));
            long rows = 0;
            try (ResultSet result =
                    statement.executeQuery("SELECT " + columns + new RangeRows(session, table, range).from())) {
                while (result.next()) {
                    Optional<List<String>> values = values(key, result);
                    rows++;
                    if (rows > most || values.isEmpty()) {
                        return Optional.empty();
                    }
                    keys.accept(values.get());
                }
            }
            return Optional.of(new TableView(key, rows, transactions, position));
        }
    }

    private static Optional<List<String>> values(List<KeyColumn> key, ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String text = row.getString(i + 1);
            Optional<String> value =
                    text == null ? Optional.empty() : key.get(i).kind().canonical(text);
            value.ifPresent(values::add);
        }
        return values.size() == key.size() ? Optional.of(values) : Optional.empty();
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** Reads {@code xmin:xmax:xip,...}. */
    private static TransactionView parse(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        return new TransactionView(
                Long.parseLong(parts[1]),
                Arrays.stream(parts[2].split(",", -1))
                        .filter(number -> !number.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet()));
    }
}
