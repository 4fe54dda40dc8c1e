package io.millrace.database.mariadb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Work in a transaction that can write nothing, is limited in time, and is rolled back whatever happens. */
final class ReadOnly {
    private ReadOnly() {}

    /** Something to be read. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs the work in the server's usual isolation; each of its statements has the limit to itself. */
    static <T> T within(Connection session, Duration limit, Work<T> work) throws SQLException {
        return within(session, limit, "START TRANSACTION READ ONLY", work);
    }

    /** As {@link #within}, and all statements see the database as it is when the transaction begins. */
    static <T> T inOneView(Connection session, Duration limit, Work<T> work) throws SQLException {
        return within(session, limit, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", work);
    }

    private static <T> T within(Connection session, Duration limit, String begin, Work<T> work) throws SQLException {
        if (!session.getAutoCommit()) {
            throw new IllegalStateException("The session is in a transaction already");
        }
        try {
            execute(session, limited(session, limit), "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", begin);
            return work.run();
        } finally {
            if (!session.isClosed()) {
                execute(session, "ROLLBACK");
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
        return Codes.OUT_OF_TIME.contains(e.getErrorCode());
    }

    private static String limited(Connection session, Duration limit) throws SQLException {
        long seconds = Math.max(1, limit.toSeconds());
        String locks = ", lock_wait_timeout = " + seconds + ", innodb_lock_wait_timeout = " + seconds;
        return switch (Product.of(session)) {
            case MARIADB -> "SET SESSION max_statement_time = " + limit.toMillis() / 1000.0 + locks;
            case MYSQL -> "SET SESSION max_execution_time = " + limit.toMillis() + locks;
        };
    }

    private static void execute(Connection session, String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
