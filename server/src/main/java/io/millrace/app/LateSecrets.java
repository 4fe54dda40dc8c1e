package io.millrace.app;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Secrets for connectors of a data plane that starts before there is a store to find them in. A connector that asks early
 * waits, and since each needs the address of the schema registry, none runs before the API can answer it.
 */
final class LateSecrets implements EngineStarter.Secrets, AutoCloseable {
    private final CompletableFuture<EngineStarter.Secrets> secrets = new CompletableFuture<>();

    /** Lets those who wait, and all who come later, find theirs here. */
    void answerFrom(EngineStarter.Secrets found) {
        secrets.complete(found);
    }

    @Override
    public Optional<String> find(String path, String key) {
        try {
            return secrets.join().find(path, key);
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "secrets cannot be looked up: " + e.getCause().getMessage(), e);
        }
    }

    /** Sends those away who still wait. */
    @Override
    public void close() {
        secrets.completeExceptionally(new IllegalStateException("the platform ended before it was up"));
    }
}
