package io.millrace.connect.snapshot.postgresql;

import java.sql.SQLException;

/**
 * Lets what is in the log become visible.
 *
 * <p>A commit that waits for all standbys ends behind all that are in the log before it, for they are released in that
 * order; what has not quite ended then is given {@value #SECONDS} s.
 */
final class Settling {
    private static final int SECONDS = 2;
    private static final int LOOKS_PER_SECOND = 20;

    private Settling() {}

    /** Waits until the session sees what is in the log. */
    static void await(ReaderSession session) throws SQLException {
        session.execute("SET synchronous_commit = 'remote_apply'");
        new LogMark(session).set(PostgresSourceConnector.MARKER_PREFIX + "settled");
        session.execute("SET synchronous_commit = 'local'");
        Visibility ending = now(session);
        for (int i = 0; i < SECONDS * LOOKS_PER_SECOND && now(session).lacksAnyOf(ending.inProgress()); i++) {
            session.execute("SELECT pg_sleep(1.0 / " + LOOKS_PER_SECOND + ")");
        }
    }

    private static Visibility now(ReaderSession session) throws SQLException {
        return session.query("SELECT pg_current_snapshot()::text", result -> {
            result.next();
            return Visibility.parse(result.getString(1));
        });
    }
}
