package io.millrace.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of a run as clients see it. */
public enum RunStatus {
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("stopping")
    STOPPING,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    /** Of a source that never had a run; in answers to commands only. */
    NOT_RUNNING;

    /** Returns whether the state is for good. */
    public boolean isFinal() {
        return this == CANCELLED || this == COMPLETED || this == FAILED;
    }
}
