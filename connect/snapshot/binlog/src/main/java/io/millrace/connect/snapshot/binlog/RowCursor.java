package io.millrace.connect.snapshot.binlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a query as they come, one by one. Until they are all taken, or given up, its session can do nothing else. For
 * one thread.
 */
final class RowCursor {
    private static final Logger LOG = LoggerFactory.getLogger(RowCursor.class);
    private static final int QUERY_INTERRUPTED = 1317;

    private final ReaderSession session;
    private final Statement statement;
    private final ResultSet rows;

    RowCursor(ReaderSession session, Statement statement, ResultSet rows) {
        this.session = session;
        this.statement = statement;
        this.rows = rows;
    }

    /** Takes rows. */
    @FunctionalInterface
    interface RowTaker {
        /** Takes the row that a result stands at; false when it is not wanted, nor any behind it. */
        boolean take(ResultSet row) throws SQLException;
    }

    /**
     * Takes rows as long as they are wanted.
     *
     * @return whether all were taken
     */
    boolean take(BooleanSupplier wanted, RowTaker taker) throws SQLException {
        session.begins(statement);
        try {
            while (wanted.getAsBoolean()) {
                if (!rows.next()) {
                    statement.close();
                    return true;
                }
                session.received();
                if (!taker.take(rows)) {
                    return false;
                }
            }
            return false;
        } finally {
            session.ends();
        }
    }

    /** Ends the query and throws away what is on its way; the session is as before, with its transaction, or closed. */
    void giveUp() {
        try {
            session.endQuery();
            throwAway();
            statement.close();
            takeLateEnd();
        } catch (SQLException e) {
            LOG.debug("A query could not be ended, and its session is closed: {}", e.getMessage());
            session.close();
        }
    }

    private void throwAway() throws SQLException {
        try {
            boolean more = rows.next();
            while (more) {
                more = rows.next();
            }
        } catch (SQLException e) {
            rethrowUnlessEnded(e);
        }
    }

    /** A query that was over before it could be ended leaves that to the next statement. */
    private void takeLateEnd() throws SQLException {
        try {
            session.execute("DO 0");
        } catch (SQLException e) {
            rethrowUnlessEnded(e);
        }
    }

    private static void rethrowUnlessEnded(SQLException e) throws SQLException {
        if (e.getErrorCode() != QUERY_INTERRUPTED) {
            throw e;
        }
    }
}
