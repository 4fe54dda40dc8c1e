package io.millrace.connector;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Member;
import io.millrace.http.shape.Min;
import io.millrace.http.shape.WireNames;
import java.util.List;
import java.util.Optional;

/** What calls about connectors carry. */
public final class ConnectorRequests {
    private ConnectorRequests() {}

    /**
     * How a call that changes something is to be answered.
     *
     * @param settle whether the answer waits for the data plane
     */
    public record Options(@Member("wait") @Default("true") boolean settle, @Default("false") boolean secretReturned) {}

    /** Whether a lookup shows secrets. */
    public record Secrets(@Default("false") boolean secretReturned) {}

    /** State that a client asks for at creation; the passing ones mean that it is to run. */
    public enum WantedState {
        @JsonProperty("Pending")
        PENDING,
        @JsonProperty("Active")
        ACTIVE,
        @JsonProperty("Paused")
        PAUSED,
        @JsonProperty("Stopped")
        STOPPED,
        @JsonProperty("Pending Update")
        PENDING_UPDATE,
        @JsonProperty("Pending Delete")
        PENDING_DELETE;

        DesiredState state() {
            return DesiredState.of(WireNames.of(this));
        }
    }

    /** A connector to create. */
    public record Create(
            String name,
            String connector,
            ObjectNode config,
            @Default("api") CreatedFrom createdFrom,
            Optional<WantedState> desiredState,
            Optional<String> kcClusterId,
            Optional<List<String>> tags,
            Optional<String> id) {}

    /**
     * What a connector is replaced with.
     *
     * @param tags empty keeps the tags
     */
    public record Update(
            String name,
            String connector,
            ObjectNode config,
            Optional<String> kcClusterId,
            Optional<List<String>> tags,
            Optional<String> id) {}

    /**
     * A configuration to try.
     *
     * @param name checked for being free
     * @param id connector whose secrets stand in for those that {@code config} lacks
     */
    public record Validate(
            String connector,
            ObjectNode config,
            Optional<String> name,
            Optional<String> id,
            @Default("15000") @Min(1000) @Max(60_000) int timeoutMs) {}

    /** What can be done to what was deployed. */
    public enum Action {
        PAUSE("Paused"),
        RESUME("Resumed"),
        STOP("Stopped"),
        RESTART("Restarted"),
        RESET("Reset");

        private final String done;

        Action(String done) {
            this.done = done;
        }

        /** Returns what is said when it was done. */
        public String done() {
            return done;
        }
    }
}
