package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.Pulse;
import io.millrace.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks a copy of the table of a {@link Pulse} for the rows that it has not seen yet. */
final class PulseTable implements Pulse.Reader {
    private static final String NO_SUCH_TABLE = "42P01";

    private final Connection connection;
    private final PreparedStatement query;
    private long last;

    PulseTable(PostgresDatabase database) throws SQLException {
        connection = database.connect();
        query = connection.prepareStatement(
                "SELECT id FROM " + Copy.SCHEMA + "." + Pulse.TABLE + " WHERE id > ? ORDER BY id");
    }

    @Override
    public List<Long> read() {
        try {
            query.setLong(1, last);
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    ids.add(last);
                }
            }
            return ids;
        } catch (SQLException e) {
            if (NO_SUCH_TABLE.equals(e.getSQLState())) {
                return List.of(); // it is made for its first row
            }
            throw new IllegalStateException("the copy cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the copy cannot be left alone", e);
        }
    }
}
