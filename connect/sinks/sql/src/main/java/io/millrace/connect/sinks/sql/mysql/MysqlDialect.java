package io.millrace.connect.sinks.sql.mysql;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.Infinite;
import io.millrace.connect.sinks.row.JsonText;
import io.millrace.connect.sinks.row.Times;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB. Many rows go in one statement, which is what both take fastest without files. */
public final class MysqlDialect implements Dialect {
    private static final int MOST_ROWS = 500;
    private static final int MOST_PARAMETERS = 30_000;

    /** For {@link io.millrace.connect.sinks.sql.SqlSinkTask}. */
    public MysqlDialect() {}

    @Override
    public Connection connect(SqlSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "10000");
        properties.setProperty("sessionVariables", "time_zone='+00:00'");
        Connection connection = DriverManager.getConnection(settings.url(), properties);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** Names of columns keep their case, and are the same in any case. */
    @Override
    public String folded(String name) {
        return name;
    }

    @Override
    public String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public String declared(ColumnType type, boolean key) {
        return MysqlTypes.declared(type, key);
    }

    @Override
    public Optional<TargetTable> find(Connection connection, TableName name) throws SQLException {
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT column_name, column_type, is_nullable = 'NO' AND column_default IS NULL AND extra NOT LIKE '%auto_increment%'
                FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position""")) {
            query.setString(1, name.name());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    String declared = found.getString(2);
                    columns.put(
                            found.getString(1),
                            new TargetColumn(
                                    found.getString(1), declared, MysqlTypes.meant(declared), found.getBoolean(3)));
                }
            }
        }
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetTable(name, columns, unique(connection, name)));
    }

    private static List<Set<String>> unique(Connection connection, TableName name) throws SQLException {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT index_name, column_name FROM information_schema.statistics
                WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0 AND sub_part IS NULL""")) {
            query.setString(1, name.name());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    keys.computeIfAbsent(found.getString(1), index -> new LinkedHashSet<>())
                            .add(found.getString(2));
                }
            }
        }
        return List.copyOf(keys.values());
    }

    @Override
    public String changeType(TableName table, String column, String declared) {
        return "ALTER TABLE " + quoted(table) + " MODIFY " + quoted(column) + " " + declared;
    }

    @Override
    public String makeOptional(TableName table, TargetColumn column) {
        return changeType(table, column.name(), column.declared() + " NULL");
    }

    @Override
    public String createTable(TableName table, List<String> definitions) {
        return Dialect.super.createTable(table, definitions) + " CHARACTER SET utf8mb4";
    }

    @Override
    public void markDeleted(Connection connection, TableName table) throws SQLException {
        Dialect.execute(
                connection, "UPDATE " + quoted(table) + " SET __deleted = 'true' WHERE NOT __deleted <=> 'true'");
    }

    @Override
    public void append(Connection connection, Rows rows) throws SQLException {
        insert(connection, rows, "");
    }

    @Override
    public void upsert(Connection connection, Rows rows) throws SQLException {
        if (!rows.table().isUnique(Set.copyOf(rows.key()))) {
            throw new SQLException(
                    "Table " + rows.table().name() + " has no unique index on (" + String.join(", ", rows.key())
                            + "), which upserts need; create one, or let the destination create the table");
        }
        List<TargetColumn> changed = rows.others().isEmpty() ? rows.columns().subList(0, 1) : rows.others();
        insert(
                connection,
                rows,
                " ON DUPLICATE KEY UPDATE "
                        + changed.stream()
                                .map(column -> quoted(column.name()) + " = VALUES(" + quoted(column.name()) + ")")
                                .collect(Collectors.joining(", ")));
    }

    private void insert(Connection connection, Rows rows, String otherwise) throws SQLException {
        String columns =
                rows.columns().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        inParts(
                connection,
                rows,
                "INSERT INTO " + quoted(rows.table().name()) + " (" + columns + ") VALUES ",
                otherwise);
    }

    @Override
    public void delete(Connection connection, Rows keys) throws SQLException {
        String columns = keys.key().stream().map(this::quoted).collect(Collectors.joining(", "));
        inParts(connection, keys, "DELETE FROM " + quoted(keys.table().name()) + " WHERE (" + columns + ") IN (", ")");
    }

    /** Runs a statement with lists of values, as often as there are parts of a size that servers take. */
    private static void inParts(Connection connection, Rows rows, String before, String after) throws SQLException {
        int width = rows.columns().size();
        int most = Math.max(1, Math.min(MOST_ROWS, MOST_PARAMETERS / width));
        String one = "(" + String.join(", ", Collections.nCopies(width, "?")) + ")";
        for (int from = 0; from < rows.values().size(); from += most) {
            List<@Nullable Object[]> part = rows.values()
                    .subList(from, Math.min(from + most, rows.values().size()));
            try (PreparedStatement statement = connection.prepareStatement(
                    before + String.join(", ", Collections.nCopies(part.size(), one)) + after)) {
                int parameter = 1;
                for (@Nullable Object[] values : part) {
                    for (Object value : values) {
                        statement.setObject(parameter++, value == null ? null : parameter(value));
                    }
                }
                statement.executeUpdate();
            }
        }
    }

    private static Object parameter(Object value) throws SQLException {
        if (value instanceof Infinite) {
            throw new SQLException("MySQL has no infinite moment", "22007");
        }
        if (value instanceof Double number && !Double.isFinite(number)
                || value instanceof Float single && !Float.isFinite(single)) {
            throw new SQLException("MySQL has no number " + value, "22003");
        }
        if (value instanceof Float single) {
            // The shortest text of the largest float is more than a float, for a database that reads it as a decimal.
            return single.doubleValue();
        }
        if (value instanceof OffsetDateTime moment) {
            return text(moment.toLocalDateTime());
        }
        if (value instanceof LocalDateTime moment) {
            return text(moment);
        }
        if (value instanceof LocalDate day) {
            return day.toString();
        }
        if (value instanceof Duration time) {
            return Times.text(time);
        }
        if (value instanceof List<?> values) {
            return JsonText.of(values);
        }
        return value instanceof Number || value instanceof byte[] || value instanceof Boolean
                ? value
                : value.toString();
    }

    private static String text(LocalDateTime moment) {
        return moment.toString().replace('T', ' ');
    }

    /** Values that do not fit (class 22) and constraints (23), and rows that are too long, are the values' fault. */
    @Override
    public boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return Stream.of("22", "23").anyMatch(state::startsWith)
                || MysqlErrors.OF_VALUES.contains(failure.getErrorCode());
    }
}
