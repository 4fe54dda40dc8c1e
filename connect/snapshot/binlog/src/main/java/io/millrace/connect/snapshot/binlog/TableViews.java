package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consistent snapshots in which one table is read, and what can go wrong in them. For one thread.
 *
 * <p>The first look at the table keeps others from altering it until the snapshot is left. One that was altered since the
 * snapshot was taken is refused by the server; then another snapshot is taken by whoever tries again.
 */
final class TableViews {
    private static final Logger LOG = LoggerFactory.getLogger(TableViews.class);

    private static final int NO_SUCH_TABLE = 1146;

    /** Too many connections of the user, and of its hour: that passes. */
    private static final Set<Integer> PASSES = Set.of(1203, 1226);

    private final Dialect dialect;
    private final ReaderSession session;
    private final TableName table;

    TableViews(Dialect dialect, ReaderSession session, TableName table) {
        this.dialect = dialect;
        this.session = session;
        this.table = table;
    }

    /** What can fail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, TableUnreadableException;
    }

    /** What is read in a view. */
    @FunctionalInterface
    interface Reading<T> {
        T run(LogView view) throws SQLException, TableUnreadableException;
    }

    /** Reads in one view; nothing is written, so it does not matter how the transaction ends. */
    <T> T inView(Reading<T> reading) throws SQLException, TableUnreadableException {
        return reported(() -> {
            try {
                LogView view = dialect.beginView(session);
                boolean ignored =
                        session.query("SELECT 1 FROM " + Sql.quoted(table) + " LIMIT 0", result -> result.next());
                return reading.run(view);
            } finally {
                rollBack();
            }
        });
    }

    /** Runs something, and says of a failure whether trying again may mend it: then it is an {@link SQLException}. */
    <T> T reported(Work<T> work) throws SQLException, TableUnreadableException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw lasting(e);
        } catch (RuntimeException e) {
            throw lasting(SqlCause.of(e).orElseThrow(() -> e));
        }
    }

    /** Tells what trying again may mend from what it will not. */
    private SQLException lasting(SQLException e) throws TableUnreadableException {
        if (e.getErrorCode() == NO_SUCH_TABLE) {
            throw TableCatalogue.missing(table);
        }
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        if ((state.startsWith("42") || state.startsWith("22")) && !PASSES.contains(e.getErrorCode())) {
            throw new TableUnreadableException("Table " + table + " cannot be read: " + e.getMessage());
        }
        return e;
    }

    private void rollBack() {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("The connection that read {} is gone: {}", table, e.getMessage());
        }
    }
}
