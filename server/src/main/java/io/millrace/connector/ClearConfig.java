package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import io.millrace.secret.Secret;
import java.util.Map;

/**
 * A connector's configuration with all secrets in clear.
 *
 * @param values what a client sees, and what the server filled in
 * @param own secrets that the server made for itself, by their names
 */
public record ClearConfig(ConnectorId id, ConfigValues values, Map<String, Secret> own) {
    public ClearConfig {
        own = Map.copyOf(own);
    }
}
