package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.ViewLostException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Views of a database in which one table is read, each a transaction, and what can go wrong in them. For one thread.
 *
 * <p>A transaction first locks the table in ACCESS SHARE mode, so that nobody alters it under the read, then takes its
 * snapshot and looks what the table is like.
 */
final class TableViews {
    private static final Logger LOG = LoggerFactory.getLogger(TableViews.class);

    /** What servers say of a snapshot that is not exported any more: invalid, unknown, and of a process that is gone. */
    private static final Set<String> GONE = Set.of("22023", "42704", "55000");

    private final ReaderSession session;
    private final TableName table;
    private final TableCatalogue catalogue;
    private final Optional<String> shared;

    /**
     * Makes views.
     *
     * @param shared name of the snapshot that all of them have; empty when each has its own
     */
    TableViews(ReaderSession session, TableName table, TableCatalogue catalogue, Optional<String> shared) {
        this.session = session;
        this.table = table;
        this.catalogue = catalogue;
        this.shared = shared;
    }

    /**
     * What a transaction sees.
     *
     * @param visible which other transactions
     * @param fingerprint the table's columns and keys
     */
    record View(Visibility visible, String fingerprint) {}

    /** What can fail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, TableUnreadableException;
    }

    /** What is read in a view. */
    @FunctionalInterface
    interface Reading<T> {
        T run(View view) throws SQLException, TableUnreadableException;
    }

    /** Reads in one view; nothing is written, so it does not matter how the transaction ends. */
    <T> T inView(Reading<T> reading) throws SQLException, TableUnreadableException {
        return reported(() -> {
            try {
                return reading.run(begin());
            } finally {
                rollBack();
            }
        });
    }

    private View begin() throws SQLException {
        try {
            return beginAtOnce();
        } catch (SQLException e) {
            throw shared.isPresent() && GONE.contains(String.valueOf(e.getSQLState()))
                    ? new ViewLostException("The session that exported the view is gone: " + e.getMessage(), e)
                    : e;
        }
    }

    /** Everything that a view needs, in one round trip. */
    private View beginAtOnce() throws SQLException {
        return session.query(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                        + shared.map(name -> "SET TRANSACTION SNAPSHOT " + TableCatalogue.literal(name) + "; ")
                                .orElse("")
                        + "LOCK TABLE " + TableCatalogue.quoted(table)
                        + " IN ACCESS SHARE MODE; SELECT pg_current_snapshot()::text, (" + catalogue.fingerprint()
                        + ")",
                result -> {
                    result.next();
                    return new View(
                            Visibility.parse(result.getString(1)),
                            Optional.ofNullable(result.getString(2)).orElse(""));
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
        if (e instanceof ViewLostException) {
            return e;
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42P01") || state.equals("3F000")) {
            throw TableCatalogue.missing(table);
        }
        if (state.startsWith("42") || state.startsWith("22") || state.startsWith("0A")) {
            throw new TableUnreadableException("Table " + table + " cannot be read: " + e.getMessage());
        }
        return e;
    }

    private void rollBack() {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            rollBackAgain(e);
        }
    }

    /** A request to cancel that came too late for the read may have met the first attempt. */
    private void rollBackAgain(SQLException first) {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("The connection that read {} is gone: {}", table, e.getMessage(), first);
        }
    }
}
