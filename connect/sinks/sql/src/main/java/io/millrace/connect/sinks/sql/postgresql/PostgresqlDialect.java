package io.millrace.connect.sinks.sql.postgresql;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.sql.Dialect;
import io.millrace.connect.sinks.sql.Rows;
import io.millrace.connect.sinks.sql.SqlSettings;
import io.millrace.connect.sinks.sql.TableName;
import io.millrace.connect.sinks.sql.TargetColumn;
import io.millrace.connect.sinks.sql.TargetTable;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * PostgreSQL. Rows go into a temporary table by COPY, and from there into the table by one statement, which takes a third of
 * the time of inserts.
 */
public final class PostgresqlDialect implements Dialect {
    private static final int COPY_BYTES = 1 << 16;

    private static final String COLUMNS =
            """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod),
                   a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND a.attgenerated = ''
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = coalesce(?, current_schema()) AND c.relname = ? AND c.relkind IN ('r', 'p')
              AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";

    private static final String UNIQUE =
            """
            SELECT array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey))
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = coalesce(?, current_schema()) AND c.relname = ? AND i.indisunique AND i.indisvalid
              AND i.indpred IS NULL AND i.indexprs IS NULL""";

    private final boolean quote;
    private final Map<String, Stage> stages = new HashMap<>();

    /** @param quote whether names keep their case */
    public PostgresqlDialect(boolean quote) {
        this.quote = quote;
    }

    @Override
    public Connection connect(SqlSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "millrace");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(settings.url(), properties);
        try {
            stages.clear();
            // What is durable in Kafka can be written again, but what was committed there must not be missing here.
            Dialect.execute(connection, "SET TIME ZONE 'UTC'");
            Dialect.execute(connection, "SET DateStyle = 'ISO, YMD'");
            Dialect.execute(connection, "SET client_min_messages = warning");
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public String folded(String name) {
        return quote ? name : name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String declared(ColumnType type, boolean key) {
        return PostgresqlTypes.declared(type);
    }

    @Override
    public Optional<TargetTable> find(Connection connection, TableName name) throws SQLException {
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            name(query, name);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    String declared = found.getString(2);
                    columns.put(
                            found.getString(1),
                            new TargetColumn(
                                    found.getString(1),
                                    declared,
                                    PostgresqlTypes.meant(declared),
                                    found.getBoolean(3)));
                }
            }
        }
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetTable(name, columns, unique(connection, name)));
    }

    private static List<Set<String>> unique(Connection connection, TableName name) throws SQLException {
        List<Set<String>> keys = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(UNIQUE)) {
            name(query, name);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    Array columns = found.getArray(1);
                    keys.add(Set.of((String[]) columns.getArray()));
                    columns.free();
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
        return "ALTER TABLE " + quoted(table) + " ALTER COLUMN " + quoted(column) + " TYPE " + declared + " USING "
                + quoted(column) + "::" + declared;
    }

    @Override
    public String makeOptional(TableName table, TargetColumn column) {
        return "ALTER TABLE " + quoted(table) + " ALTER COLUMN " + quoted(column.name()) + " DROP NOT NULL";
    }

    @Override
    public void append(Connection connection, Rows rows) throws SQLException {
        copy(connection, quoted(rows.table().name()), rows);
    }

    @Override
    public void upsert(Connection connection, Rows rows) throws SQLException {
        String table = quoted(rows.table().name());
        Stage stage = staged(connection, rows);
        String columns = names(rows.columns(), "");
        if (rows.table().isUnique(Set.copyOf(rows.key()))) {
            Dialect.execute(
                    connection,
                    "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM " + stage.name()
                            + " ON CONFLICT (" + key(rows, "") + ") DO "
                            + (rows.others().isEmpty() ? "NOTHING" : "UPDATE SET " + assignments(rows, "excluded"))
                            + "; " + stage.emptied());
            return;
        }
        if (!rows.others().isEmpty()) {
            Dialect.execute(
                    connection,
                    "UPDATE " + table + " AS t SET " + assignments(rows, "s") + " FROM " + stage.name() + " AS s WHERE "
                            + matches(rows));
        }
        Dialect.execute(
                connection,
                "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM " + stage.name()
                        + " AS s WHERE NOT EXISTS (SELECT FROM " + table + " AS t WHERE " + matches(rows) + "); "
                        + stage.emptied());
    }

    @Override
    public void delete(Connection connection, Rows keys) throws SQLException {
        Stage stage = staged(connection, keys);
        Dialect.execute(
                connection,
                "DELETE FROM " + quoted(keys.table().name()) + " AS t USING " + stage.name() + " AS s WHERE "
                        + matches(keys) + "; " + stage.emptied());
    }

    @Override
    public void truncate(Connection connection, TableName table) throws SQLException {
        Dialect.execute(connection, "TRUNCATE " + quoted(table));
    }

    /**
     * Puts rows into a temporary table of their columns, which holds nothing else, and returns it. One that was made in a
     * transaction that was rolled back is gone, so it is made wherever it is missing.
     */
    private Stage staged(Connection connection, Rows rows) throws SQLException {
        String definition = rows.columns().stream()
                .map(column -> quoted(column.name()) + " " + column.declared())
                .collect(Collectors.joining(", "));
        Stage stage = stages.computeIfAbsent(definition, columns -> new Stage("millrace_stage_" + stages.size()));
        Dialect.execute(connection, "CREATE TEMPORARY TABLE IF NOT EXISTS " + stage.name() + " (" + definition + ")");
        stage.filled(copy(connection, stage.name(), rows));
        return stage;
    }

    /** Returns how many bytes the rows had. */
    private long copy(Connection connection, String table, Rows rows) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + names(rows.columns(), "") + ") FROM STDIN");
        try {
            long bytes = 0;
            StringBuilder lines = new StringBuilder();
            for (@Nullable Object[] values : rows.values()) {
                CopyText.line(lines, values);
                if (lines.length() >= COPY_BYTES) {
                    bytes += send(copy, lines);
                }
            }
            bytes += send(copy, lines);
            copy.endCopy();
            return bytes;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static int send(CopyIn copy, StringBuilder lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
        return bytes.length;
    }

    private String names(List<TargetColumn> columns, String prefix) {
        return columns.stream().map(column -> prefix + quoted(column.name())).collect(Collectors.joining(", "));
    }

    private String key(Rows rows, String prefix) {
        return rows.key().stream().map(column -> prefix + quoted(column)).collect(Collectors.joining(", "));
    }

    private String assignments(Rows rows, String from) {
        return rows.others().stream()
                .map(column -> quoted(column.name()) + " = " + from + "." + quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private String matches(Rows rows) {
        return rows.key().stream()
                .map(column -> "t." + quoted(column) + " = s." + quoted(column))
                .collect(Collectors.joining(" AND "));
    }

    /**
     * Values that do not fit (class 22), constraints (23), types that do not go together, and too much for a row or an
     * index (54) are the values' fault.
     */
    @Override
    public boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return Stream.of("22", "23", "54", "42804", "42846").anyMatch(state::startsWith);
    }
}
