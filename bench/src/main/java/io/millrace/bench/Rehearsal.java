package io.millrace.bench;

import io.millrace.app.EmbeddedEngines;
import io.millrace.app.Logging;
import io.millrace.app.Platform;
import io.millrace.demo.Api;
import java.net.URI;

/**
 * Runs the platform once, on data that is thrown away and on free ports, asks it a few things and ends. The build lets the
 * JVM record the classes that this needs, which halves the start of every run after it.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("millrace-rehearsal-")) {
            Logging.into(folder.path().resolve("logs"));
            BenchSettings settings = BenchSettings.in(folder.path().resolve("data"));
            try (Platform platform = Platform.start(settings.settings(), new EmbeddedEngines())) {
                ask(settings.signIn(Api.at(URI.create(platform.url()))));
            }
        }
        System.exit(0);
    }

    private static void ask(Api api) {
        api.get("/health/ready");
        api.get("/openapi.json");
        api.get("/sources?page_size=100");
    }
}
