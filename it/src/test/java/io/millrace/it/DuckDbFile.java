package io.millrace.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * DuckDB in this process.
 *
 * @param file the database; empty for one in memory
 */
record DuckDbFile(String file) {
    /** Returns the rows of a query, every value as text. */
    List<List<String>> query(String sql) {
        List<List<String>> rows = new ArrayList<>();
        each(sql, rows::add);
        return rows;
    }

    /** Takes the rows of a query one by one, without holding all of them. */
    void each(String sql, Consumer<List<String>> row) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            each(statement, sql, row);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    /** Opens the database; the caller closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + file);
    }

    static void each(Statement statement, String sql, Consumer<List<String>> row) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                row.accept(values);
            }
        }
    }
}
