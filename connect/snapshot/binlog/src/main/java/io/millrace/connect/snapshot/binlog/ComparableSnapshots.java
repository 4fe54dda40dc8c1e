package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.TableUnreadableException;
import java.sql.SQLException;
import java.util.List;

/**
 * Consistent snapshots of a server that says of each exactly where in its log it lies: two at the same place hold the same,
 * whichever sessions they were taken in. Thread-safe.
 */
public interface ComparableSnapshots {
    /** Returns statements that let a session keep its snapshot however long nothing is asked of it. */
    List<String> keeping();

    /** Takes a snapshot in a session; one that it had before is gone. */
    void take(ReaderSession session) throws SQLException;

    /**
     * Returns what the snapshot of a session holds; it lies at the end of that.
     *
     * @throws TableUnreadableException when the server has no log
     */
    LogView look(ReaderSession session) throws SQLException, TableUnreadableException;

    /** Returns whether a session still has the snapshot that was taken last. */
    boolean isKept(ReaderSession session) throws SQLException;
}
