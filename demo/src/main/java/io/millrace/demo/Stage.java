package io.millrace.demo;

import io.millrace.app.EmbeddedEngines;
import io.millrace.app.Logging;
import io.millrace.app.Platform;
import io.millrace.app.Settings;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tour plays on: a platform in this process and a PostgreSQL beside it, both with data that is thrown away. */
final class Stage implements AutoCloseable {
    private static final int POSTGRESQL = 18;

    private final Deque<AutoCloseable> built = new ArrayDeque<>();
    private final Path folder;
    private final Settings settings;
    private volatile boolean logKept;
    private volatile boolean clearing;

    private Stage(Path folder, Settings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * Returns a stage with nothing on it yet.
     *
     * @param home folder of the installation
     */
    static Stage at(Path home, int port, int kafkaPort) throws IOException {
        Path folder = Files.createTempDirectory("millrace-demo-");
        Settings settings = Settings.defaults(home, folder.resolve("data")).withPorts(port, kafkaPort);
        Logging.into(folder.resolve("logs"));
        return new Stage(folder, settings);
    }

    /** Starts the platform and returns its API, not signed in. */
    Api platform() {
        return Api.at(URI.create(
                begun(Platform.start(settings, new EmbeddedEngines())).url()));
    }

    /** Returns the file in which the platform keeps the credential that its first start made. */
    Path credentials() {
        return settings.data().resolve("credentials.json");
    }

    /** Returns the folder of all that the platform keeps. */
    Path data() {
        return settings.data();
    }

    /** Leaves the log behind, for a person to read what went wrong, and returns its folder. */
    Path keepLog() {
        logKept = true;
        return folder.resolve("logs");
    }

    /** Starts PostgreSQL and returns an empty database. */
    PostgresDatabase database() {
        return begun(PostgresServer.start(POSTGRESQL)).createDatabase();
    }

    /** Adds what is to be closed before all that is there already. */
    <T extends AutoCloseable> T begun(T part) {
        synchronized (built) {
            built.push(part);
        }
        return part;
    }

    /** Returns whether the stage is being cleared, or has been. */
    boolean clearing() {
        return clearing;
    }

    /** Clears the stage, last thing first, and deletes its data; does nothing the second time. */
    @Override
    public void close() {
        clearing = true;
        synchronized (built) {
            while (!built.isEmpty()) {
                AutoCloseable part = built.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    log().warn("{} did not stop in order", part.getClass().getSimpleName(), e);
                }
            }
            delete(logKept ? settings.data() : folder);
        }
    }

    /** The first logger that is asked for settles where the log goes, so this has to wait for {@link Logging#into}. */
    private static Logger log() {
        return LoggerFactory.getLogger(Stage.class);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data of the demo could not be deleted: " + folder, e);
        }
    }
}
