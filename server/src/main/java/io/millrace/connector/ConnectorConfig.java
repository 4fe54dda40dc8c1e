package io.millrace.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Configuration of a connector as it is kept.
 *
 * @param open every key that the client sent, with secrets masked
 * @param secrets those that are set, by key, as sealed text
 */
public record ConnectorConfig(ObjectNode open, Map<String, String> secrets) {
    public ConnectorConfig {
        open = open.deepCopy();
        secrets = Map.copyOf(secrets);
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
