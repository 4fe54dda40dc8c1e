package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.TableUnreadableException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the snapshots come from that one session reads in. For one thread. */
sealed interface Snapshots {
    /** Returns the session that reads. */
    ReaderSession session();

    /** Begins to read in a snapshot. */
    LogView begin() throws SQLException, TableUnreadableException;

    /** Ends what {@link #begin} began; nothing was written, so it does not matter how. */
    void end();

    /** Gives up the rows of a query that are still on their way. */
    void leave(RowCursor rows) throws SQLException;

    /** Nothing is read any more. */
    void close();

    /** A snapshot for each read, in a session of one's own. */
    record Own(Dialect dialect, ReaderSession session) implements Snapshots {
        private static final Logger LOG = LoggerFactory.getLogger(Own.class);

        @Override
        public LogView begin() throws SQLException, TableUnreadableException {
            return dialect.beginView(session);
        }

        @Override
        public void end() {
            try {
                session.execute("ROLLBACK");
            } catch (SQLException e) {
                LOG.debug("The session that read is gone: {}", e.getMessage());
            }
        }

        @Override
        public void leave(RowCursor rows) throws SQLException {
            session.renew();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** One snapshot for all reads, in a session that is lent by the view. */
    record Shared(SnapshotView view, ReaderSession session) implements Snapshots {
        @Override
        public LogView begin() {
            return view.log();
        }

        @Override
        public void end() {
            // the transaction goes on
        }

        @Override
        public void leave(RowCursor rows) {
            rows.giveUp();
        }

        @Override
        public void close() {
            view.giveBack(session);
        }
    }
}
