package io.millrace.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.connector.DesiredState;
import io.millrace.connector.Health;
import io.millrace.http.shape.WireNames;
import java.util.EnumSet;
import java.util.Set;

/** How a pipeline is, by what is wanted of it and by how its two ends are. */
enum PipelineStatus {
    @JsonProperty("Active")
    ACTIVE,
    @JsonProperty("Paused")
    PAUSED,
    @JsonProperty("Stopped")
    STOPPED,
    @JsonProperty("Broken")
    BROKEN,
    @JsonProperty("Starting")
    STARTING,
    @JsonProperty("Pending")
    PENDING,
    @JsonProperty("Unknown")
    UNKNOWN;

    /** Returns the status; of two ends the one that is worse off decides, and nothing flows that is not to. */
    static PipelineStatus of(DesiredState desired, Health.State source, Health.State destination) {
        Set<Health.State> ends = EnumSet.of(source, destination);
        if (desired instanceof DesiredState.Pending) {
            return PENDING;
        }
        if (desired instanceof DesiredState.Paused) {
            return PAUSED;
        }
        if (desired instanceof DesiredState.Stopped) {
            return STOPPED;
        }
        if (ends.contains(Health.State.BROKEN)) {
            return BROKEN;
        }
        if (ends.contains(Health.State.PENDING)) {
            return PENDING;
        }
        if (ends.contains(Health.State.STOPPED)) {
            return STOPPED;
        }
        if (ends.contains(Health.State.PAUSED)) {
            return PAUSED;
        }
        if (ends.contains(Health.State.UNKNOWN)) {
            return UNKNOWN;
        }
        return ends.equals(EnumSet.of(Health.State.ACTIVE)) ? ACTIVE : STARTING;
    }

    /** Returns the name that clients know. */
    String label() {
        return WireNames.of(this);
    }
}
