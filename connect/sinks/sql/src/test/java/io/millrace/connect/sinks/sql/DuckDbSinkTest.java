package io.millrace.connect.sinks.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSinkTest extends SqlSinkContract {
    @TempDir
    private Path folder;

    @Override
    Map<String, String> freshDatabase() {
        return Map.of("sql.product", "duckdb", "sql.url", url());
    }

    private String url() {
        return "jdbc:duckdb:" + folder.resolve("warehouse.duckdb");
    }

    @Override
    List<List<String>> query(String sql) {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void execute(String sql) {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the settings of the sink's sessions, which may be open. */
    private Connection open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        return DriverManager.getConnection(url(), settings);
    }

    @Override
    String quoted(String name) {
        return '"' + name + '"';
    }

    @Override
    Map<String, String> unreachable(Map<String, String> settings) {
        Map<String, String> wrong = new HashMap<>(settings);
        wrong.put("sql.url", "jdbc:duckdb:" + folder.resolve("no/such/folder.duckdb"));
        return wrong;
    }
}
