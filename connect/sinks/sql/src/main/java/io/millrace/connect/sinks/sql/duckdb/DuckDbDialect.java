package io.millrace.connect.sinks.sql.duckdb;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.sql.Dialect;
import io.millrace.connect.sinks.sql.Rows;
import io.millrace.connect.sinks.sql.SqlSettings;
import io.millrace.connect.sinks.sql.TableName;
import io.millrace.connect.sinks.sql.TargetColumn;
import io.millrace.connect.sinks.sql.TargetTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBArray;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** DuckDB, in a file or at MotherDuck. Rows go through an appender, into the table or beside it. */
public final class DuckDbDialect implements Dialect {
    private static final String STAGE = "millrace_stage";
    private static final String DEFAULT_SCHEMA = "main";

    /** What is wrong with a value, and what is not, however it is wrapped. */
    private static final List<String> OF_VALUES = List.of(
            "Conversion Error", "Constraint Error", "Out of Range Error", "Invalid Input Error", "Mismatch Type Error");

    private static final List<String> OF_STATEMENTS = List.of(
            "Binder Error", "Catalog Error", "IO Error", "Parser Error", "Permission Error", "TransactionContext");

    private String catalog = "";

    /** For {@link io.millrace.connect.sinks.sql.SqlSinkTask}. */
    public DuckDbDialect() {}

    @Override
    public Connection connect(SqlSettings settings) throws SQLException {
        Properties properties = new Properties();
        // All sessions of a file must be opened with the same settings; whoever compares tables needs this one.
        properties.setProperty("jdbc_stream_results", "true");
        if (!settings.password().isEmpty()) {
            properties.setProperty("motherduck_token", settings.password());
        }
        Connection connection = DriverManager.getConnection(settings.url(), properties);
        try {
            Dialect.execute(connection, "SET TimeZone = 'UTC'");
            // It shares the machine with what feeds it; by itself it would take most of it.
            Dialect.execute(connection, "SET memory_limit = '1GB'");
            catalog = quoted(connection.getCatalog());
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** One process at a time can have a file open to write. */
    @Override
    public Optional<Duration> restsAfter() {
        return Optional.of(Duration.ofSeconds(2));
    }

    /** Names keep their case, and are the same in any case. */
    @Override
    public String folded(String name) {
        return name;
    }

    @Override
    public String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** With the name of the database in front: a schema of the same name could be meant otherwise. */
    @Override
    public String quoted(TableName table) {
        return catalog + "." + quoted(table.schema().orElse(DEFAULT_SCHEMA)) + "." + quoted(table.name());
    }

    @Override
    public void createSchema(Connection connection, String schema) throws SQLException {
        Dialect.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + catalog + "." + quoted(schema));
    }

    /**
     * An index of DuckDB refuses a key that is deleted and added in one transaction, and an update of a list is just that.
     * Rows are found by a scan of the key's columns, which takes milliseconds for millions of them.
     */
    @Override
    public boolean declaresKeys() {
        return false;
    }

    /** A table that a transaction has written to cannot be altered by it. */
    @Override
    public boolean changesSchemasAlone() {
        return true;
    }

    @Override
    public String declared(ColumnType type, boolean key) {
        return DuckDbTypes.declared(type);
    }

    @Override
    public Optional<TargetTable> find(Connection connection, TableName name) throws SQLException {
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT column_name, data_type, NOT is_nullable AND column_default IS NULL FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = coalesce(?, current_schema())
                  AND table_name = ? ORDER BY column_index""")) {
            name(query, name);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    String declared = found.getString(2);
                    columns.put(
                            found.getString(1),
                            new TargetColumn(
                                    found.getString(1), declared, DuckDbTypes.meant(declared), found.getBoolean(3)));
                }
            }
        }
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetTable(name, columns, unique(connection, name)));
    }

    private static List<Set<String>> unique(Connection connection, TableName name) throws SQLException {
        List<Set<String>> keys = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT constraint_column_names FROM duckdb_constraints()
                WHERE database_name = current_database() AND schema_name = coalesce(?, current_schema())
                  AND table_name = ? AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')""")) {
            name(query, name);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    Object[] columns = (Object[]) ((DuckDBArray) found.getArray(1)).getArray();
                    keys.add(Stream.of(columns).map(String::valueOf).collect(Collectors.toUnmodifiableSet()));
                }
            }
        }
        return keys;
    }

    private static void name(PreparedStatement query, TableName name) throws SQLException {
        query.setString(1, name.schema().orElse(null));
        query.setString(2, name.name());
    }

    @Override
    public String changeType(TableName table, String column, String declared) {
        return "ALTER TABLE " + quoted(table) + " ALTER COLUMN " + quoted(column) + " SET DATA TYPE " + declared;
    }

    @Override
    public String makeOptional(TableName table, TargetColumn column) {
        return "ALTER TABLE " + quoted(table) + " ALTER COLUMN " + quoted(column.name()) + " DROP NOT NULL";
    }

    @Override
    public void append(Connection connection, Rows rows) throws SQLException {
        String names = names(rows);
        stage(connection, rows);
        Dialect.execute(
                connection,
                "INSERT INTO " + quoted(rows.table().name()) + " (" + names + ") SELECT " + names + " FROM " + STAGE);
    }

    @Override
    public void upsert(Connection connection, Rows rows) throws SQLException {
        String table = quoted(rows.table().name());
        String names = names(rows);
        stage(connection, rows);
        String update = rows.others().isEmpty()
                ? ""
                : " WHEN MATCHED THEN UPDATE SET "
                        + rows.others().stream()
                                .map(column -> quoted(column.name()) + " = s." + quoted(column.name()))
                                .collect(Collectors.joining(", "));
        String values = rows.columns().stream()
                .map(column -> "s." + quoted(column.name()))
                .collect(Collectors.joining(", "));
        Dialect.execute(
                connection,
                "MERGE INTO " + table + " AS t USING " + STAGE + " AS s ON " + matches(rows) + update
                        + " WHEN NOT MATCHED THEN INSERT (" + names + ") VALUES (" + values + ")");
    }

    @Override
    public void delete(Connection connection, Rows keys) throws SQLException {
        stage(connection, keys);
        Dialect.execute(
                connection,
                "DELETE FROM " + quoted(keys.table().name()) + " AS t USING " + STAGE + " AS s WHERE " + matches(keys));
    }

    private void stage(Connection connection, Rows rows) throws SQLException {
        Dialect.execute(
                connection,
                "CREATE OR REPLACE TEMPORARY TABLE " + STAGE + " ("
                        + rows.columns().stream()
                                .map(column -> quoted(column.name()) + " " + column.declared())
                                .collect(Collectors.joining(", "))
                        + ")");
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", STAGE)) {
            for (@Nullable Object[] row : rows.values()) {
                appender.beginRow();
                for (int i = 0; i < row.length; i++) {
                    Appended.value(appender, rows.columns().get(i), row[i]);
                }
                appender.endRow();
            }
            appender.flush();
        }
    }

    private String names(Rows rows) {
        return rows.columns().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    private String matches(Rows rows) {
        return rows.key().stream()
                .map(column -> "t." + quoted(column) + " = s." + quoted(column))
                .collect(Collectors.joining(" AND "));
    }

    @Override
    public boolean isRefusal(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        return OF_VALUES.stream().anyMatch(text::contains)
                && OF_STATEMENTS.stream().noneMatch(text::contains);
    }
}
