package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.row.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How one product writes what all of them can do. Used by one thread. */
public interface Dialect {
    /** Opens a connection with transactions under our control. */
    Connection connect(SqlSettings settings) throws SQLException;

    /** Returns a name as the product stores it when it is not quoted. */
    String folded(String name);

    /** Returns a name quoted for use in a statement. */
    String quoted(String name);

    /**
     * Returns the type for new columns.
     *
     * @param key whether the column is of the primary key, where some products take fewer types
     */
    String declared(ColumnType type, boolean key);

    /** Returns whether the key of a new table is declared, so that the database keeps it unique and finds rows by it. */
    default boolean declaresKeys() {
        return true;
    }

    /** Returns whether a schema change needs a transaction of its own. */
    default boolean changesSchemasAlone() {
        return false;
    }

    /** Looks a table up; nothing when there is none. */
    Optional<TargetTable> find(Connection connection, TableName name) throws SQLException;

    /** Returns the statement that gives a column another type, and keeps what it holds. */
    String changeType(TableName table, String column, String declared);

    /** Returns the statement that lets a column be null. */
    String makeOptional(TableName table, TargetColumn column);

    /** Adds rows. */
    void append(Connection connection, Rows rows) throws SQLException;

    /** Makes rows be as given: those whose key is there are changed in the columns named, the others are added. */
    void upsert(Connection connection, Rows rows) throws SQLException;

    /** Deletes the rows of these keys. */
    void delete(Connection connection, Rows keys) throws SQLException;

    /** Returns whether the values are at fault, not the database or the configuration: offering them again is no use. */
    boolean isRefusal(SQLException failure);

    /** Returns after how long without a change the connection is given up until the next one; nothing to keep it. */
    default Optional<Duration> restsAfter() {
        return Optional.empty();
    }

    /** Returns a table's name quoted for use in a statement. */
    default String quoted(TableName table) {
        return table.schema().map(schema -> quoted(schema) + ".").orElse("") + quoted(table.name());
    }

    /** Deletes all rows. */
    default void truncate(Connection connection, TableName table) throws SQLException {
        execute(connection, "DELETE FROM " + quoted(table));
    }

    /** Marks all rows as deleted. */
    default void markDeleted(Connection connection, TableName table) throws SQLException {
        execute(
                connection,
                "UPDATE " + quoted(table) + " SET " + quoted(folded(Change.DELETED)) + " = 'true' WHERE "
                        + quoted(folded(Change.DELETED)) + " IS DISTINCT FROM 'true'");
    }

    /** Returns the statement that adds columns. */
    default String addColumn(TableName table, String column, String declared) {
        return "ALTER TABLE " + quoted(table) + " ADD COLUMN " + quoted(column) + " " + declared;
    }

    /** Returns the statement that makes a table with these columns. */
    default String createTable(TableName table, List<String> definitions) {
        return "CREATE TABLE " + quoted(table) + " (" + String.join(", ", definitions) + ")";
    }

    /** Makes a schema where it is missing. */
    default void createSchema(Connection connection, String schema) throws SQLException {
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
    }

    /** Runs a statement. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
