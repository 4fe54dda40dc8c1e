package io.millrace.connector;

import io.millrace.engine.ConnectorName;
import io.millrace.http.ApiProblem;
import io.millrace.store.Ids;
import java.util.Optional;

/**
 * Id of a connector.
 *
 * @param value 24 lower-case hex digits
 */
public record ConnectorId(Kind kind, String value) {
    public ConnectorId {
        if (!Ids.wellFormed(value)) {
            throw new IllegalArgumentException("no " + kind.noun() + " id: " + value);
        }
    }

    /** Returns the id that a client sent; refuses one that cannot be an id. */
    public static ConnectorId parse(Kind kind, String text) {
        return find(kind, text)
                .orElseThrow(() -> new ApiProblem.BadRequest("Invalid " + kind.noun() + " ID format: " + text));
    }

    /** Returns the id if the text is one. */
    public static Optional<ConnectorId> find(Kind kind, String text) {
        return Ids.wellFormed(text) ? Optional.of(new ConnectorId(kind, text)) : Optional.empty();
    }

    /** Returns the id behind a {@link #prefix}. */
    public static Optional<ConnectorId> ofPrefix(Kind kind, String prefix) {
        String noun = kind.noun() + "_";
        return prefix.startsWith(noun) ? find(kind, prefix.substring(noun.length())) : Optional.empty();
    }

    /** Returns the connector of the kind that has the name in its Connect cluster. */
    public static Optional<ConnectorId> of(Kind kind, ConnectorName name) {
        return ofPrefix(kind, name.value());
    }

    /** Returns what the names of its topics begin with, before the first dot. */
    public String prefix() {
        return kind.noun() + "_" + value;
    }

    /** Returns its name in its Connect cluster. */
    public ConnectorName connectorName() {
        return new ConnectorName(prefix());
    }

    @Override
    public String toString() {
        return value;
    }
}
