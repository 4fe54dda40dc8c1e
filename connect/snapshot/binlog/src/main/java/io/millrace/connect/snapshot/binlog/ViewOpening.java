package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens views that several sessions share, on a server that cannot hand a snapshot from one session to another: all take one
 * at about the same time, and those count that happen to lie at the same place in the log. On a busy server that may take some
 * rounds, and end with fewer sessions; one is always with itself.
 */
final class ViewOpening {
    private static final Logger LOG = LoggerFactory.getLogger(ViewOpening.class);

    /** Rounds before one session less is enough. */
    private static final int ROUNDS = 4;

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final int LOCKED = 1205;
    private static final int ALTERED = 1412;

    /** Read as: try again for as long as it takes. */
    private static final String NOT_YET = "08000";

    private final Dialect dialect;
    private final ComparableSnapshots snapshots;
    private final Sessions source;

    /** Opens sessions. */
    @FunctionalInterface
    interface Sessions {
        /** Returns a session with the server of the source. */
        ReaderSession open() throws SQLException;
    }

    ViewOpening(Dialect dialect, ComparableSnapshots snapshots, Sessions source) {
        this.dialect = dialect;
        this.snapshots = snapshots;
        this.source = source;
    }

    /**
     * Opens a view of everything that is in the log.
     *
     * @param name that no other view has
     * @param most sessions that are of use
     * @param tables tables that nobody alters while the view is open
     */
    SnapshotView open(String name, int most, List<TableName> tables) throws SQLException, TableUnreadableException {
        List<ReaderSession> sessions = new ArrayList<>();
        try {
            connect(sessions, most);
            dialect.settle(sessions.get(0));
            List<ReaderSession> together = together(sessions);
            for (ReaderSession session : together) {
                keepAsTheyAre(tables, session);
                session.answersWithin(Duration.ZERO);
            }
            SnapshotView view = new SnapshotView(name, snapshots, snapshots.look(together.get(0)), together);
            sessions.removeAll(together);
            return view;
        } finally {
            sessions.forEach(ReaderSession::close); // those that are not in the view
        }
    }

    /** Connects once, and further as long as the server lets it. */
    private void connect(List<ReaderSession> sessions, int most) throws SQLException {
        sessions.add(connected());
        try {
            while (sessions.size() < most) {
                sessions.add(connected());
            }
        } catch (SQLException e) {
            LOG.info("{} of {} sessions read in a view: {}", sessions.size(), most, e.getMessage());
        }
    }

    private ReaderSession connected() throws SQLException {
        ReaderSession session = source.open();
        try {
            session.answersWithin(ANSWER); // meanwhile the stream stands
            for (String statement : snapshots.keeping()) {
                session.execute(statement);
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Returns sessions with snapshots at the same place. */
    private List<ReaderSession> together(List<ReaderSession> sessions) throws SQLException, TableUnreadableException {
        for (int round = 0; ; round++) {
            for (ReaderSession session : sessions) {
                snapshots.take(session);
            }
            Map<Place, List<ReaderSession>> byPlace = new HashMap<>();
            for (ReaderSession session : sessions) {
                byPlace.computeIfAbsent(snapshots.look(session).end(), place -> new ArrayList<>())
                        .add(session);
            }
            List<ReaderSession> most = Collections.max(byPlace.values(), Comparator.comparingInt(List::size));
            if (most.size() >= sessions.size() - round / ROUNDS) {
                return most;
            }
        }
    }

    /**
     * Looks at tables, which keeps others from altering them until the snapshot is left; a table that is not there, or may
     * not be read, is for its own reader to tell.
     */
    private static void keepAsTheyAre(List<TableName> tables, ReaderSession session) throws SQLException {
        for (TableName table : tables) {
            try {
                boolean ignored = session.query("SELECT 1 FROM " + Sql.quoted(table) + " LIMIT 0", ResultSet::next);
            } catch (SQLException e) {
                if (e.getErrorCode() == LOCKED) {
                    throw new SQLException("Table " + table + " is being altered", NOT_YET, e);
                }
                if (e.getErrorCode() == ALTERED
                        || String.valueOf(e.getSQLState()).startsWith("08")) {
                    throw e;
                }
            }
        }
    }
}
