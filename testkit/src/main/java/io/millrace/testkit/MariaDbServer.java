package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A MariaDB server of its own on the loopback address, with a row-based binary log and GTIDs on. Its administrator is
 * {@value #USER}, with a password, from everywhere. There is no encryption unless a setting asks for it.
 *
 * <p>Runs also as root. The programs are a jar that who uses this class brings along, see {@link MariaDbBinaries}.
 * Thread-safe.
 */
public final class MariaDbServer implements AutoCloseable {
    /** The administrator. */
    public static final String USER = "millrace";

    /** The administrator's password. */
    public static final String PASSWORD = "millrace-test";

    private static final int START_SECONDS = 90;
    private static final int STOP_SECONDS = 60;
    private static final int LOOK_MILLIS = 50;
    private static final String READY = "ready for connections";

    private static Optional<MariaDbServer> shared = Optional.empty();

    private final Path binaries = MariaDbBinaries.unpacked();
    private final AtomicInteger databases = new AtomicInteger();
    private final Path home;
    private final int port;
    private final Map<String, String> settings;
    private Optional<Process> process = Optional.empty();

    private MariaDbServer(int port, Map<String, String> settings) {
        this.port = port;
        this.settings = new TreeMap<>(Map.of(
                "server-id", "1",
                "log-bin", "binlog",
                "binlog-format", "ROW",
                "binlog-row-image", "FULL",
                "sync-binlog", "0",
                "innodb-flush-log-at-trx-commit", "0",
                "innodb-log-file-size", "64M",
                "max-connections", "300",
                "character-set-server", "utf8mb4",
                "ssl", "0"));
        this.settings.putAll(settings);
        this.home = initialised();
    }

    /** Starts a server on a free port and waits until it takes connections. */
    public static MariaDbServer start() {
        return start(FreePorts.next(), Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings server settings by name, on top of those of a test server (nothing forced to disk, binary log on)
     */
    public static MariaDbServer start(int port, Map<String, String> settings) {
        MariaDbServer server = new MariaDbServer(port, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-mariadb"));
        server.launch();
        return server;
    }

    /** Returns a server that lives as long as this JVM and that all its tests share, each with its own database. */
    public static synchronized MariaDbServer shared() {
        MariaDbServer server = shared.orElseGet(MariaDbServer::start);
        shared = Optional.of(server);
        return server;
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, on the same port with the same data. */
    public synchronized void restart() {
        if (process.isPresent()) {
            throw new IllegalStateException("The server is still running; stop or kill it first");
        }
        launch();
    }

    private synchronized void launch() {
        List<String> options = new ArrayList<>(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--socket=" + home.resolve("socket"),
                "--pid-file=" + home.resolve("pid"),
                "--log-error=" + log()));
        settings.forEach((name, value) -> options.add("--" + name + "=" + value));
        try {
            Files.deleteIfExists(log());
            process = Optional.of(server(options).start());
            awaitReady(process.get());
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB " + MariaDbBinaries.RELEASE + " cannot be run", e);
        }
    }

    private void awaitReady(Process started) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!said().contains(READY)) {
            if (hasEnded(started, LOOK_MILLIS) || System.nanoTime() > deadline) {
                started.destroyForcibly();
                process = Optional.empty();
                throw new IllegalStateException("MariaDB did not start: " + said());
            }
        }
    }

    /** Stops the server in order; clients are cut off. */
    public synchronized void stop() {
        process.ifPresent(running -> {
            running.destroy();
            if (!hasEnded(running, TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
                kill();
                throw new IllegalStateException("MariaDB did not stop within " + STOP_SECONDS + " s and was killed");
            }
        });
        process = Optional.empty();
    }

    /** Ends the server at once, as {@code kill -9} does. */
    public synchronized void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
        process = Optional.empty();
    }

    /** Makes an empty database with a name of its own. */
    public MariaDbDatabase createDatabase() {
        String name = "db" + databases.incrementAndGet();
        new MariaDbDatabase(this, "mysql").execute("CREATE DATABASE " + name);
        return new MariaDbDatabase(this, name);
    }

    public int port() {
        return port;
    }

    /** Stops the server, if it runs, and deletes its data. */
    @Override
    public synchronized void close() {
        kill();
        if (Files.exists(home)) {
            delete(home);
        }
    }

    private Path initialised() {
        try {
            Path folder = Files.createTempDirectory("millrace-mariadb-");
            Path script = Files.writeString(folder.resolve("bootstrap.sql"), bootstrap());
            Path output = folder.resolve("bootstrap.log");
            Files.createDirectory(data(folder));
            Process bootstrap = command(folder, List.of("--bootstrap", "--skip-log-bin", "--ssl=0"))
                    .redirectInput(script.toFile())
                    .redirectOutput(output.toFile())
                    .start();
            if (!hasEnded(bootstrap, TimeUnit.SECONDS.toMillis(START_SECONDS)) || bootstrap.exitValue() != 0) {
                bootstrap.destroyForcibly();
                throw new IllegalStateException("MariaDB could not make its data folder: " + Files.readString(output));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for a MariaDB server", e);
        }
    }

    private String bootstrap() throws IOException {
        Path share = binaries.resolve("share");
        return "CREATE DATABASE mysql;\nUSE mysql;\n"
                + Files.readString(share.resolve("mariadb_system_tables.sql"))
                + Files.readString(share.resolve("mariadb_performance_tables.sql"))
                + Files.readString(share.resolve("mariadb_system_tables_data.sql"))
                + "FLUSH PRIVILEGES;\n"
                + "CREATE USER '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n"
                + "GRANT ALL ON *.* TO '" + USER + "'@'%' WITH GRANT OPTION;\n";
    }

    private ProcessBuilder server(List<String> options) {
        return command(home, options).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private ProcessBuilder command(Path folder, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + binaries,
                "--lc-messages-dir=" + binaries.resolve("share"),
                "--datadir=" + data(folder)));
        command.addAll(options);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private String said() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    private static boolean hasEnded(Process running, long millis) {
        try {
            return running.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while MariaDB started or stopped", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data of a MariaDB server could not be deleted: " + folder, e);
        }
    }
}
