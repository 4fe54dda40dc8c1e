package io.millrace.snapshot;

/** State of a run as clients see it. */
public enum RunStatus {
    PENDING,
    RUNNING,
    PAUSED,
    STOPPING,
    CANCELLED,
    COMPLETED,
    FAILED,
    /** Of a source that never had a run; in answers to commands only. */
    NOT_RUNNING;

    /** Returns whether the state is for good. */
    public boolean isFinal() {
        return this == CANCELLED || this == COMPLETED || this == FAILED;
    }
}
