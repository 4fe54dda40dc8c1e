package io.millrace.bench;

import io.millrace.app.Settings;
import io.millrace.demo.Api;
import io.millrace.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of a platform in this process, on free ports and with a credential of its own. */
public record BenchSettings(Settings settings) {
    private static final String CLIENT_ID = "bench";
    private static final String SECRET = "of-this-run-only";

    public static BenchSettings in(Path data) {
        Settings usual = Settings.defaults(Path.of(System.getProperty("millrace.home", ".")), data);
        return new BenchSettings(new Settings(
                usual.bind(),
                0,
                0,
                usual.data(),
                Optional.of(CLIENT_ID),
                Optional.of(Secret.of(SECRET)),
                usual.masterKeyFile(),
                usual.format(),
                usual.plugins(),
                usual.minFreeBytes()));
    }

    /** Returns the same settings with other plugins. */
    public BenchSettings withPlugins(Path folder) {
        return new BenchSettings(new Settings(
                settings.bind(),
                settings.port(),
                settings.kafkaPort(),
                settings.data(),
                settings.clientId(),
                settings.secret(),
                settings.masterKeyFile(),
                settings.format(),
                folder,
                settings.minFreeBytes()));
    }

    public Api signIn(Api api) {
        return api.signIn(CLIENT_ID, SECRET);
    }
}
