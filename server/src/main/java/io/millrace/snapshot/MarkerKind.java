package io.millrace.snapshot;

/** How the engine recognises that the stream has passed a chunk. */
public enum MarkerKind {
    /** By a message that it writes into the database's log. */
    LOG_MESSAGE,
    /** By a position in the log. */
    POSITION
}
