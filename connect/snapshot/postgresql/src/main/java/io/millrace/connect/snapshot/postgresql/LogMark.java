package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.snapshot.Mark;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks places in the database's log: by a message where one may be written, else by the place's number. For one thread.
 *
 * <p>A number is behind every transaction that the session has seen, for what is visible has its commit in the log. It is
 * passed with the first record that says {@code lsn_commit} not before it; see {@link StreamedRecords}. So it takes a
 * change after the read, anywhere in the captured tables, and a heartbeat or another change to tell of it.
 */
final class LogMark {
    private static final Logger LOG = LoggerFactory.getLogger(LogMark.class);

    /** Missing privilege, read only, and recovery: what a standby answers. */
    private static final Set<String> NOT_HERE = Set.of("42501", "25006", "55000");

    private static final String PLACE =
            """
            SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
                    - '0/0'::pg_lsn)::bigint
            """;

    private final ReaderSession session;
    private boolean writes = true;

    LogMark(ReaderSession session) {
        this.session = session;
    }

    Mark set(String text) throws SQLException {
        if (writes) {
            try {
                write(text);
                return new Mark.Text(text);
            } catch (SQLException e) {
                if (!NOT_HERE.contains(e.getSQLState())) {
                    throw e;
                }
                LOG.info("Reads are marked by their place in the log, for nothing can be written: {}", e.getMessage());
                writes = false;
            }
        }
        return session.query(PLACE, result -> {
            result.next();
            return new Mark.Place(result.getLong(1));
        });
    }

    private void write(String text) throws SQLException {
        try (PreparedStatement statement =
                session.jdbc().prepareStatement("SELECT pg_logical_emit_message(true, ?, '')")) {
            statement.setString(1, text);
            statement.execute();
        }
    }
}
