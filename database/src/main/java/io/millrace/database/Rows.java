package io.millrace.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queries with parameters, their rows as values. */
public final class Rows {
    private Rows() {}

    /** Makes a value of the row that the result stands on. */
    public interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Returns all rows. */
    public static <T> List<T> all(Connection session, String sql, Reading<T> reading, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reading.of(result));
                }
                return rows;
            }
        }
    }

    /** Returns the first row. */
    public static <T> Optional<T> first(Connection session, String sql, Reading<T> reading, Object... parameters)
            throws SQLException {
        return all(session, sql, reading, parameters).stream().findFirst();
    }
}
