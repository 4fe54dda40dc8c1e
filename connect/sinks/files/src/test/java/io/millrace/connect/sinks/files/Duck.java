package io.millrace.connect.sinks.files;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files by DuckDB, as somebody would who knows nothing of who wrote them. */
final class Duck implements AutoCloseable {
    private final Connection connection;

    Duck() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Returns all rows of a query, every value as text. */
    List<Map<String, @Nullable String>> rows(String sql) throws SQLException {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Returns the types of the columns of a Parquet file. */
    Map<String, String> types(Path parquet) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        for (Map<String, @Nullable String> column : rows("DESCRIBE SELECT * FROM read_parquet('" + parquet + "')")) {
            types.put(String.valueOf(column.get("column_name")), String.valueOf(column.get("column_type")));
        }
        return types;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
