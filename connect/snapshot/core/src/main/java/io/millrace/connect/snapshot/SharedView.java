package io.millrace.connect.snapshot;

/**
 * One consistent view of a database that several connections read in, as long as it is open. Thread-safe.
 *
 * <p>It holds every transaction that was in the log when it was opened and that is visible to reads.
 */
public interface SharedView extends AutoCloseable {
    /** Returns whether the view holds the changes of a transaction that the stream has brought. */
    boolean sees(long transaction);

    /** Returns the mark behind the view in the database's log; the same at each call. */
    Mark mark();

    @Override
    void close();
}
