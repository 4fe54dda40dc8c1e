package io.millrace.source;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.engine.ConnectorName;
import java.util.Optional;

/** Id of a source: 24 lower-case hex digits. */
public record SourceId(String value) {
    public SourceId {
        value = new ConnectorId(Kind.SOURCE, value).value();
    }

    /** Returns the id that a client sent; refuses one that cannot be an id. */
    public static SourceId parse(String text) {
        return new SourceId(ConnectorId.parse(Kind.SOURCE, text).value());
    }

    /** Returns the id if the text is one. */
    public static Optional<SourceId> find(String text) {
        return ConnectorId.find(Kind.SOURCE, text).map(SourceId::of);
    }

    /** Returns the id of a connector, which is a source. */
    public static SourceId of(ConnectorId connector) {
        if (connector.kind() != Kind.SOURCE) {
            throw new IllegalArgumentException(connector.prefix() + " is no source");
        }
        return new SourceId(connector.value());
    }

    /** Returns the id as that of a connector. */
    public ConnectorId connectorId() {
        return new ConnectorId(Kind.SOURCE, value);
    }

    /** Returns what comes before the first dot of the names of its topics. */
    public String topicPrefix() {
        return connectorId().prefix();
    }

    /** Returns the name of its connector. */
    public ConnectorName connectorName() {
        return connectorId().connectorName();
    }

    @Override
    public String toString() {
        return value;
    }
}
