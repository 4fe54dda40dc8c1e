package io.millrace.snapshot;

/** State of one topic of a run as clients see it. */
public enum TopicStatus {
    PENDING,
    RUNNING,
    PAUSED,
    /** A stop was asked for and is not confirmed yet. */
    STOPPING,
    COMPLETED,
    FAILED,
    /** Confirmed: no snapshot row of the topic follows. */
    CANCELLED,
    /** A table without a key in a run over all tables. */
    SKIPPED,
    /** Named in a stop, but no part of the run; in answers to commands only. */
    NOT_IN_SNAPSHOT
}
