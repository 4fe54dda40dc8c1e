package io.millrace.connector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.http.shape.WireNames;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a connector is.
 *
 * @param reason why it is {@link State#BROKEN}, or what it lacks although it runs, in a sentence
 * @param tasks state of each task by its number
 */
public record Health(State state, Optional<String> reason, Map<Integer, Task> tasks) {
    public Health {
        tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
    }

    /** State that a connector is in, as clients see it. */
    public enum State {
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
    }

    /**
     * State of one task.
     *
     * @param state as Connect names it
     * @param trace stack trace of a failed one
     * @param workerId worker that it is on
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Task(String state, Optional<String> trace, Optional<String> workerId) {}
}
