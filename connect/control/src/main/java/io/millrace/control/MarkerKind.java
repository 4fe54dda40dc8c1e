package io.millrace.control;

/** How a task recognises that the stream has passed the read of a chunk. */
public enum MarkerKind {
    /** By a message that it writes into the database's log. */
    LOG_MESSAGE,
    /** By a position in the log, where nothing can be written. */
    POSITION
}
