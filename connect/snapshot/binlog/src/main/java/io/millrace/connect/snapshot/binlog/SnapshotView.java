package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.SharedView;
import io.millrace.connect.snapshot.ViewLostException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots at one place in the log, in several sessions, which are lent to readers. A session that is lost takes its
 * snapshot with it and cannot be replaced; when all are lost, the view is. Thread-safe.
 */
final class SnapshotView implements SharedView {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotView.class);

    private final String name;
    private final ComparableSnapshots snapshots;
    private final LogView log;
    private final Deque<ReaderSession> free;
    private int left;
    private boolean closed;

    /**
     * Makes a view.
     *
     * @param name that no other view has, in this or another life of the task
     * @param log what each session sees
     */
    SnapshotView(String name, ComparableSnapshots snapshots, LogView log, List<ReaderSession> sessions) {
        this.name = name;
        this.snapshots = snapshots;
        this.log = log;
        this.free = new ArrayDeque<>(sessions);
        this.left = sessions.size();
    }

    String name() {
        return name;
    }

    LogView log() {
        return log;
    }

    @Override
    public boolean sees(long transaction) {
        return log.sees().test(transaction);
    }

    @Override
    public Mark mark() {
        return new Mark.Place(log.end().number());
    }

    /** Lends a session; empty while all are lent. */
    synchronized Optional<ReaderSession> lend() throws ViewLostException {
        if (closed || left == 0) {
            throw new ViewLostException("No session is left that has the snapshot of " + log.end());
        }
        return Optional.ofNullable(free.pollFirst());
    }

    /** Takes a session back in which nothing is under way. */
    void giveBack(ReaderSession session) {
        if (!isOpen() || !isKept(session) || !keep(session)) {
            session.close();
        }
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    private boolean isKept(ReaderSession session) {
        boolean kept = false;
        try {
            kept = snapshots.isKept(session);
        } catch (SQLException e) {
            LOG.info("A session with the snapshot of {} is lost: {}", log.end(), e.getMessage());
        }
        if (!kept) {
            forget();
        }
        return kept;
    }

    private synchronized void forget() {
        left--;
    }

    private synchronized boolean keep(ReaderSession session) {
        return !closed && free.add(session);
    }

    /** Closes the sessions that are not lent; those that are, when they come back. */
    @Override
    public void close() {
        List<ReaderSession> unused;
        synchronized (this) {
            closed = true;
            unused = List.copyOf(free);
            free.clear();
        }
        unused.forEach(ReaderSession::close);
    }
}
