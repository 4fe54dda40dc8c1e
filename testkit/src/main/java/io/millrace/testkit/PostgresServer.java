package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own on the loopback address, with logical decoding on. Its superuser is {@value #USER}, and
 * a password is asked for.
 *
 * <p>The server refuses to run as root; started by root it runs as {@code nobody}, with its data below the folder for
 * temporary files. It ends, and its data goes, with this JVM at the latest, however that ends. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
    /** The superuser. */
    public static final String USER = "millrace";

    /** The superuser's password. */
    public static final String PASSWORD = "millrace-test";

    private static final Map<Integer, PostgresServer> SHARED = new ConcurrentHashMap<>();

    private final int major;
    private final Path binaries;
    private final Path data;
    private final int port;
    private final Map<String, String> settings;
    private final AtomicInteger databases = new AtomicInteger();
    private final LastWill lastWill;

    private PostgresServer(int major, Path binaries, int port, Map<String, String> settings) {
        this.major = major;
        this.binaries = binaries;
        this.port = port;
        this.settings = new TreeMap<>(Map.of(
                "wal_level", "logical",
                "max_wal_senders", "50",
                "max_replication_slots", "50",
                "max_connections", "300",
                "fsync", "off",
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "password_encryption", "scram-sha-256"));
        this.settings.putAll(settings);
        this.data = initialised();
        this.lastWill = LastWill.of(
                command("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data.toString()), data.getParent());
    }

    /** Starts a server on a free port and waits until it takes connections. */
    public static PostgresServer start(int major) {
        return start(major, FreePorts.next(), Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings server settings by name, on top of those of a test server (no fsync, logical decoding)
     */
    public static PostgresServer start(int major, int port, Map<String, String> settings) {
        return start(major, PostgresBinaries.unpacked(major), port, settings);
    }

    /**
     * Starts a server of the machine's own packages if one of them has an extension; those of the Maven artifacts have
     * only what comes with PostgreSQL itself.
     */
    public static Optional<PostgresServer> startWithExtension(String extension) {
        return PostgresBinaries.installedWith(extension)
                .map(major -> start(major, PostgresBinaries.installed(major), FreePorts.next(), Map.of()));
    }

    private static PostgresServer start(int major, Path binaries, int port, Map<String, String> settings) {
        PostgresServer server = new PostgresServer(major, binaries, port, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgresql"));
        server.start();
        return server;
    }

    /** Returns a server that lives as long as this JVM and that all its tests share, each with its own database. */
    public static PostgresServer shared(int major) {
        return SHARED.computeIfAbsent(major, PostgresServer::start);
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, on the same port with the same data. */
    public void start() {
        List<String> options = new ArrayList<>();
        settings.forEach((name, value) -> options.add("-c " + name + "=" + quoted(value)));
        run(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "60",
                "-D",
                data.toString(),
                "-l",
                data.resolve("server.log").toString(),
                "-o",
                "-p " + port + " " + String.join(" ", options));
    }

    /** Stops the server in order; clients are cut off. */
    public void stop() {
        run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data.toString());
    }

    /** Stops the server as a crash would. */
    public void kill() {
        run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data.toString());
    }

    /** Makes an empty database with a name of its own. */
    public PostgresDatabase createDatabase() {
        String name = "db" + databases.incrementAndGet();
        PostgresDatabase admin = new PostgresDatabase(this, "postgres");
        admin.execute("CREATE DATABASE " + name);
        return new PostgresDatabase(this, name);
    }

    public int port() {
        return port;
    }

    public int major() {
        return major;
    }

    /** Stops the server, if it runs, and deletes its data. */
    @Override
    public void close() {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            kill();
        }
        if (Files.exists(data)) {
            delete(data.getParent());
        }
        lastWill.close();
    }

    private Path initialised() {
        try {
            Path home = Files.createTempDirectory("millrace-pg-");
            Path password = Files.writeString(home.resolve("password"), PASSWORD);
            Path folder = Files.createDirectory(home.resolve("data"));
            if (isRoot()) {
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                for (Path owned : List.of(password, folder)) {
                    Files.setOwner(
                            owned,
                            home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
                }
            }
            run(
                    "initdb",
                    "-D",
                    folder.toString(),
                    "-U",
                    USER,
                    "--pwfile",
                    password.toString(),
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale",
                    "C.UTF-8",
                    "--no-sync");
            Files.delete(password);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for a PostgreSQL server", e);
        }
    }

    /** Returns the command line of a program of this release, as a user that the server accepts. */
    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(String program, String... arguments) {
        try {
            Path output = Files.createTempFile("millrace-pg-", ".out");
            Process process = new ProcessBuilder(command(program, arguments))
                    .directory(binaries.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(program + " of PostgreSQL " + major + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(program + " of PostgreSQL " + major + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + program + " ran", e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data of a PostgreSQL server could not be deleted: " + folder, e);
        }
    }
}
