package io.millrace.app;

import io.millrace.engine.Engine;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import java.nio.file.Path;

/** Starts broker and Connect in this process. */
public final class EmbeddedEngines implements EngineStarter {
    @Override
    public Engine start(Settings settings, Path data, Secrets secrets) {
        return EmbeddedEngine.start(
                new EmbeddedSettings(data, settings.plugins(), settings.bind(), settings.kafkaPort(), 0),
                secrets::find);
    }
}
