package io.millrace.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.http.shape.WireNames;
import java.util.Arrays;
import java.util.Optional;

/** State that a source is in, as clients see it. */
public enum SourceState {
    @JsonProperty("Active")
    ACTIVE,
    @JsonProperty("Paused")
    PAUSED,
    @JsonProperty("Stopped")
    STOPPED,
    /** Does not run and should; the reason is told with it. */
    @JsonProperty("Broken")
    BROKEN,
    @JsonProperty("Starting")
    STARTING,
    @JsonProperty("Unassigned")
    UNASSIGNED,
    @JsonProperty("Unknown")
    UNKNOWN,
    /** Saved, never deployed. */
    @JsonProperty("Pending")
    PENDING,
    /** The last change has not reached the connector yet. */
    @JsonProperty("Pending Update")
    PENDING_UPDATE,
    @JsonProperty("Pending Delete")
    PENDING_DELETE;

    /** Returns the name that clients know. */
    public String label() {
        return WireNames.of(this);
    }

    /** Returns the state of a name, in any case. */
    public static Optional<SourceState> of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equalsIgnoreCase(label))
                .findFirst();
    }
}
