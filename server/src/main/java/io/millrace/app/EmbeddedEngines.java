package io.millrace.app;

import io.millrace.engine.Engine;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import java.nio.file.Path;

/**
 * Starts broker and Connect in this process.
 *
 * @param exactlyOnce whether sources write in transactions; a source of the platform asks for it
 */
public record EmbeddedEngines(boolean exactlyOnce) implements EngineStarter {
    /** Starts what the platform ships. */
    public EmbeddedEngines() {
        this(true);
    }

    @Override
    public Engine start(Settings settings, Path data, Secrets secrets) {
        return EmbeddedEngine.start(
                new EmbeddedSettings(data, settings.plugins(), settings.bind(), settings.kafkaPort(), 0, exactlyOnce),
                secrets::find);
    }
}
