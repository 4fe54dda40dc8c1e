package io.millrace.database.postgresql;

import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether messages can be put into the log, by which the end of a read is recognised in the stream. */
public final class LogMessages {
    /** Sources keep messages with such a prefix to themselves. */
    private static final String PASSED_OVER = "millrace/nudge";

    private final Connection session;

    public LogMessages(Connection session) {
        this.session = session;
    }

    /** Returns whether the session's user can write one: the server is no standby, and the user may call the function. */
    public boolean canBeWritten() throws SQLException {
        return Rows.first(
                        session,
                        """
                        SELECT NOT pg_catalog.pg_is_in_recovery()
                            AND pg_catalog.bool_or(pg_catalog.has_function_privilege(p.oid, 'EXECUTE'))
                        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                        WHERE n.nspname = 'pg_catalog' AND p.proname = 'pg_logical_emit_message'
                        """,
                        row -> row.getBoolean(1))
                .orElse(false);
    }

    /**
     * Writes an empty message, as a transaction of its own, that sources pass over.
     *
     * @return whether one could be written
     */
    public boolean nudge() throws SQLException {
        return canBeWritten()
                && Rows.first(
                                session,
                                "SELECT pg_catalog.pg_logical_emit_message(true, ?, '')",
                                row -> true,
                                PASSED_OVER)
                        .isPresent();
    }
}
