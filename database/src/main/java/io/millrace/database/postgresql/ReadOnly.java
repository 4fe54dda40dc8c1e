package io.millrace.database.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Work in a transaction that can write nothing, is limited in time, and is rolled back whatever happens. */
final class ReadOnly {
    private static final String QUERY_CANCELED = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private ReadOnly() {}

    /** Something to be read. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Runs the work; each of its statements has the limit to itself.
     *
     * @throws IllegalStateException if the session is in a transaction already
     */
    static <T> T within(Connection session, Duration limit, Work<T> work) throws SQLException {
        if (!session.getAutoCommit()) {
            throw new IllegalStateException("The session is in a transaction already");
        }
        session.setAutoCommit(false);
        try {
            try (Statement statement = session.createStatement()) {
                statement.execute("SET TRANSACTION READ ONLY");
                statement.execute("SET LOCAL statement_timeout = " + limit.toMillis());
                statement.execute("SET LOCAL lock_timeout = " + limit.toMillis());
            }
            return work.run();
        } finally {
            if (!session.isClosed()) {
                session.rollback();
                session.setAutoCommit(true);
            }
        }
    }

    /** Returns the number that a query gives; empty if it takes longer than the limit. */
    static Optional<Long> number(Connection session, String sql, Duration limit) throws SQLException {
        try {
            return within(session, limit, () -> {
                try (Statement statement = session.createStatement()) {
                    statement.setEscapeProcessing(false);
                    try (ResultSet result = statement.executeQuery(sql)) {
                        result.next();
                        return Optional.of(result.getLong(1));
                    }
                }
            });
        } catch (SQLException e) {
            if (ranOutOfTime(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns whether a statement was ended by the limit. */
    static boolean ranOutOfTime(SQLException e) {
        return QUERY_CANCELED.equals(e.getSQLState()) || LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }
}
