package io.millrace.control;

/** How a run reads. */
public enum SnapshotKind {
    /** Beside the stream, chunk by chunk. */
    INCREMENTAL,
    /** The stream is held where the run's one consistent view lies, until all tables are read. */
    BLOCKING
}
