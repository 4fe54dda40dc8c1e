package io.millrace.connect.snapshot;

/** Runs readers beside the task. All calls return at once. */
interface ReaderRunner {
    /** Runs a reader to its end. */
    void start(TableReader reader);

    /** Ends the query that a reader runs, if any. */
    void cancelQuery(TableReader reader);

    /** Closes a view. */
    void close(SharedView view);
}
