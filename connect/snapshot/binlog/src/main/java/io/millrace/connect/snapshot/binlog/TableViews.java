package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * Consistent snapshots in which one table is read, and what can go wrong in them. For one thread.
 *
 * <p>The first look at the table keeps others from altering it until the snapshot is left. One that was altered since the
 * snapshot was taken is refused by the server; then another snapshot is taken by whoever tries again.
 */
final class TableViews {
    private static final int NO_SUCH_TABLE = 1146;

    /** Too many connections of the user, and of its hour: that passes. */
    private static final Set<Integer> PASSES = Set.of(1203, 1226);

    private final Snapshots snapshots;
    private final TableName table;

    TableViews(Snapshots snapshots, TableName table) {
        this.snapshots = snapshots;
        this.table = table;
    }

    ReaderSession session() {
        return snapshots.session();
    }

    TableName table() {
        return table;
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

    /** Reads in one view. */
    <T> T inView(Reading<T> reading) throws SQLException, TableUnreadableException {
        return reported(() -> {
            try {
                LogView view = snapshots.begin();
                boolean ignored =
                        session().query("SELECT 1 FROM " + Sql.quoted(table) + " LIMIT 0", result -> result.next());
                return reading.run(view);
            } finally {
                snapshots.end();
            }
        });
    }

    /** Gives up the rows of a query that are still on their way. */
    void leave(RowCursor rows) throws SQLException {
        snapshots.leave(rows);
    }

    /** Nothing is read any more. */
    void close() {
        snapshots.close();
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
}
