package io.millrace.app;

import io.millrace.engine.Engine;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the data plane. */
@FunctionalInterface
public interface EngineStarter {
    /**
     * Returns a data plane that answers every call.
     *
     * @param data folder of its own
     * @param secrets may keep who asks waiting until the platform is up
     */
    Engine start(Settings settings, Path data, Secrets secrets);

    /** Finds what connectors name as {@code ${secret:<path>:<key>}}; called by worker threads. */
    @FunctionalInterface
    interface Secrets {
        /** Returns the secret in clear, or nothing when there is none of that name. */
        Optional<String> find(String path, String key);
    }
}
