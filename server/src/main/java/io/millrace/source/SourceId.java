package io.millrace.source;

import io.millrace.engine.ConnectorName;
import io.millrace.http.ApiProblem;
import io.millrace.store.Ids;
import java.util.Optional;

/** Id of a source: 24 lower-case hex digits. */
public record SourceId(String value) {
    private static final String PREFIX = "source_";

    public SourceId {
        if (!Ids.wellFormed(value)) {
            throw new IllegalArgumentException("no source id: " + value);
        }
    }

    /** Returns the id that a client sent; refuses one that cannot be an id. */
    public static SourceId parse(String text) {
        return find(text).orElseThrow(() -> new ApiProblem.BadRequest("Invalid source ID format: " + text));
    }

    /** Returns the id if the text is one. */
    public static Optional<SourceId> find(String text) {
        return Ids.wellFormed(text) ? Optional.of(new SourceId(text)) : Optional.empty();
    }

    /** Returns the source that a connector runs for. */
    public static Optional<SourceId> of(ConnectorName connector) {
        return ofPrefix(connector.value());
    }

    /** Returns the source whose topics have the prefix. */
    public static Optional<SourceId> ofPrefix(String prefix) {
        return prefix.startsWith(PREFIX) ? find(prefix.substring(PREFIX.length())) : Optional.empty();
    }

    /** Returns what comes before the first dot of the names of its topics. */
    public String topicPrefix() {
        return PREFIX + value;
    }

    /** Returns the name of its connector. */
    public ConnectorName connectorName() {
        return new ConnectorName(PREFIX + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
