package io.millrace.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Configuration of a connector as it is kept.
 *
 * @param open every key that the client sent, with secrets masked
 * @param secrets those that are set, by key, as sealed text; also those that are the server's {@linkplain #isOwn own}
 */
public record ConnectorConfig(ObjectNode open, Map<String, String> secrets) {
    /** What names of the server's own secrets begin with. */
    static final String OWN = "#";

    public ConnectorConfig {
        open = open.deepCopy();
        secrets = Map.copyOf(secrets);
    }

    /** Returns whether a secret was made by the server for itself: no key of the configuration, and never answered. */
    static boolean isOwn(String secret) {
        return secret.startsWith(OWN);
    }

    /** Returns a copy that may be changed. */
    @Override
    public ObjectNode open() {
        return open.deepCopy();
    }

    @Override
    public String toString() {
        return "ConnectorConfig[" + open.size() + " keys, " + secrets.size() + " secrets]";
    }
}
