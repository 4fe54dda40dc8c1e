package io.millrace.engine.embedded;

import java.util.Optional;

/**
 * Finds the value behind a reference {@code ${secret:<path>:<key>}} in a connector's configuration. Called by worker
 * threads when connectors and tasks start; must be thread-safe.
 */
@FunctionalInterface
public interface SecretLookup {
    /** Returns the secret, or empty when there is none of that name. */
    Optional<String> find(String path, String key);
}
