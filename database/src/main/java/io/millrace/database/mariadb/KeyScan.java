package io.millrace.database.mariadb;

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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the primary keys of the rows in a range, all in one consistent view.
 *
 * <p>The server says how far its binary log goes in that view; sequence numbers of its one replication domain then tell
 * which transactions the view holds. With several domains nothing is said, nor with MySQL, which does not tell.
 */
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
     * is not possible: there is no primary key, a column of it is of another kind than {@link KeyKind}, the place of the
     * view in the log is not known, or there are more rows than {@code most}.
     */
    public Optional<TableView> read(long most, Consumer<List<String>> keys) throws SQLException {
        Optional<List<KeyColumn>> key = key();
        Optional<String> from = new RangeRows(session, table, range).from();
        if (key.isEmpty() || from.isEmpty() || Product.of(session) != Product.MARIADB) {
            return Optional.empty();
        }
        return ReadOnly.inOneView(session, LIMIT, () -> read(key.get(), from.get(), most, keys));
    }

    private Optional<List<KeyColumn>> key() throws SQLException {
        MariaDbCatalogue catalogue = new MariaDbCatalogue(session);
        Map<String, Column> columns =
                catalogue.columns(table).stream().collect(Collectors.toMap(Column::name, Function.identity()));
        List<String> names = catalogue.uniqueKeys(table).stream()
                .filter(UniqueKey::primary)
                .findFirst()
                .map(UniqueKey::columns)
                .orElse(List.of());
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
        return switch (type.replaceFirst("[( ].*", "")) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> Optional.of(KeyKind.INTEGER);
            case "varchar" -> Optional.of(KeyKind.TEXT);
            case "char" -> Optional.of(KeyKind.PADDED);
            case "decimal" -> Optional.of(KeyKind.DECIMAL);
            case "date" -> Optional.of(KeyKind.DATE);
            case "datetime" -> Optional.of(KeyKind.TIMESTAMP);
            case "timestamp" -> Optional.of(KeyKind.INSTANT);
            default -> Optional.empty();
        };
    }

    private static String expression(KeyColumn column) {
        String name = Identifiers.quote(column.name());
        return switch (column.kind()) {
            // records carry what is beyond the signed numbers as their complement
            case INTEGER -> "CAST(" + name + " AS SIGNED)";
            case DATE -> "DATEDIFF(" + name + ", '1970-01-01')";
            case TIMESTAMP, INSTANT -> "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + name + ")";
            default -> name;
        };
    }

    private Optional<TableView> read(List<KeyColumn> key, String from, long most, Consumer<List<String>> keys)
            throws SQLException {
        Optional<String> position = position();
        Optional<TransactionView> transactions = position.flatMap(KeyScan::transactions);
        if (transactions.isEmpty()) {
            return Optional.empty();
        }
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setFetchSize(FETCH);
            String columns = key.stream().map(KeyScan::expression).collect(Collectors.joining(", "));
            long rows = 0;
            try (ResultSet result = statement.executeQuery("SELECT " + columns + from)) {
                while (result.next()) {
                    Optional<List<String>> values = values(key, result);
                    rows++;
                    if (rows > most || values.isEmpty()) {
                        return Optional.empty();
                    }
                    keys.accept(values.get());
                }
            }
            return Optional.of(new TableView(key, rows, transactions.get(), position.get()));
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

    /** Returns the GTIDs of the last transactions that the view holds. */
    private Optional<String> position() throws SQLException {
        Map<String, String> status = new HashMap<>();
        try (Statement statement = session.createStatement()) {
            try (ResultSet result = statement.executeQuery("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
                while (result.next()) {
                    status.put(result.getString(1).toLowerCase(Locale.ROOT), result.getString(2));
                }
            }
            String file = status.getOrDefault("binlog_snapshot_file", "");
            String place = status.getOrDefault("binlog_snapshot_position", "");
            if (file.isEmpty() || !place.matches("\\d+")) {
                return Optional.empty();
            }
            try (ResultSet result = statement.executeQuery(
                    "SELECT BINLOG_GTID_POS(" + Identifiers.literal(file) + ", " + place + ")")) {
                return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
            }
        }
    }

    /** Reads {@code domain-server-sequence}; nothing where there are several domains. */
    private static Optional<TransactionView> transactions(String gtids) {
        if (!gtids.matches("\\d+-\\d+-\\d+")) {
            return Optional.empty();
        }
        long last = Long.parseLong(gtids.substring(gtids.lastIndexOf('-') + 1));
        return Optional.of(new TransactionView(last + 1, Set.of()));
    }
}
