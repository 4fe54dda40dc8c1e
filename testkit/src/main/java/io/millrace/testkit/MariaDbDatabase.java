package io.millrace.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One database of a {@link MariaDbServer}. Thread-safe: every call has a connection of its own. */
public record MariaDbDatabase(MariaDbServer server, String name) {
    /** Returns the URL for JDBC, without user and password. */
    public String jdbcUrl() {
        return "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + name;
    }

    /** Opens a connection as the administrator; the caller closes it. */
    public Connection connect() {
        try {
            return DriverManager.getConnection(jdbcUrl(), MariaDbServer.USER, MariaDbServer.PASSWORD);
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + name + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Runs statements, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + String.join("; ", statements), e);
        }
    }

    /** Returns the rows of a query, every value as text; nulls as the text {@code null}. */
    public List<List<String>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }
}
