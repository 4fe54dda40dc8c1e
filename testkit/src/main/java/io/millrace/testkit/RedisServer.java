package io.millrace.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Redis server of its own on the loopback address, whose data outlives {@link #stop} and {@link #kill}. Only {@value
 * #USER} is let in.
 *
 * <p>Runs also as root. The program is in the jar of {@code com.github.codemonstur:embedded-redis}, which who uses this class
 * brings along. Thread-safe.
 */
public final class RedisServer implements AutoCloseable {
    /** The user that may do everything. */
    public static final String USER = "millrace";

    /** The password of that user. */
    public static final String PASSWORD = "millrace-test";

    private static final String PROGRAM = "redis-server-6.2.6-v5-linux-amd64";
    private static final String READY = "Ready to accept connections";
    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 30;
    private static final int LOOK_MILLIS = 20;

    private final Path program = unpacked();
    private final Path home;
    private final int port;
    private final Map<String, String> settings;
    private Optional<Process> process = Optional.empty();

    private RedisServer(int port, Map<String, String> settings) {
        this.port = port;
        this.settings = new TreeMap<>(Map.of(
                "bind", "127.0.0.1",
                "save", "\"\"",
                "appendonly", "yes",
                "appendfsync", "no"));
        this.settings.putAll(settings);
        try {
            home = Files.createTempDirectory("millrace-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for a Redis server", e);
        }
    }

    /** Starts a server on a free port and waits until it takes connections. */
    public static RedisServer start() {
        return start(FreePorts.next(), Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings lines of its configuration by their first word, on top of those of a test server
     */
    public static RedisServer start(int port, Map<String, String> settings) {
        RedisServer server = new RedisServer(port, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-redis"));
        server.restart();
        return server;
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, on the same port with the same data. */
    public synchronized void restart() {
        if (process.isPresent()) {
            throw new IllegalStateException("The server is still running; stop or kill it first");
        }
        List<String> lines = new ArrayList<>(List.of(
                "user default off",
                "user " + USER + " on >" + PASSWORD + " ~* &* +@all",
                "dir " + home,
                settings.containsKey("tls-port") ? "port 0" : "port " + port));
        settings.forEach((name, value) -> lines.add(name + " " + value));
        try {
            Files.deleteIfExists(log());
            Path configuration = Files.write(home.resolve("redis.conf"), lines);
            Process started = new ProcessBuilder(program.toString(), configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            process = Optional.of(started);
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis cannot be run", e);
        }
    }

    private void awaitReady(Process started) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!said().contains(READY)) {
            if (hasEnded(started, LOOK_MILLIS) || System.nanoTime() > deadline) {
                started.destroyForcibly();
                process = Optional.empty();
                throw new IllegalStateException("Redis did not start: " + said());
            }
        }
    }

    /** Stops the server in order; clients are cut off. */
    public synchronized void stop() {
        process.ifPresent(running -> {
            running.destroy();
            if (!hasEnded(running, TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
                kill();
                throw new IllegalStateException("Redis did not stop within " + STOP_SECONDS + " s and was killed");
            }
        });
        process = Optional.empty();
    }

    /** Ends the server at once, as {@code kill -9} does. */
    public synchronized void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
        process = Optional.empty();
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
            throw new IllegalStateException("Interrupted while Redis started or stopped", e);
        }
    }

    /** Returns the program, unpacked once for each user. */
    private static Path unpacked() {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
        Path target = Path.of(System.getProperty("java.io.tmpdir"), "millrace-redis-" + user, PROGRAM);
        if (Files.exists(target)) {
            return target;
        }
        try (InputStream packed = RedisServer.class.getClassLoader().getResourceAsStream(PROGRAM)) {
            if (packed == null) {
                throw new IOException(
                        "com.github.codemonstur:embedded-redis is not on the class path; add it beside the test kit");
            }
            Files.createDirectories(target.getParent());
            Path unfinished = Files.createTempFile(target.getParent(), "unfinished-", "");
            Files.copy(packed, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(target)) {
                throw new UncheckedIOException("Redis could not be unpacked", e);
            }
            // another process was faster; its copy is as good
        } catch (IOException e) {
            throw new UncheckedIOException("Redis could not be unpacked", e);
        }
        return target;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data of a Redis server could not be deleted: " + folder, e);
        }
    }
}
