package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SSH server of its own on a free loopback port, with throw-away host keys, that forwards. The user who runs the tests
 * is the only one let in, with the keys that were {@linkplain #authorize authorized}.
 *
 * <p>It is OpenSSH where {@code /usr/sbin/sshd} is, run as root or as an ordinary user; else Apache MINA's server, which
 * who uses this class brings along. The log says which. Thread-safe.
 */
public final class SshServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshServer.class);
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final int SECONDS = 30;

    private final Path home;
    private final int port = FreePorts.next();
    private final List<String> settings;
    private Optional<AutoCloseable> running = Optional.empty();

    private SshServer(List<String> settings) {
        this.settings = settings;
        try {
            home = Files.createTempDirectory("millrace-ssh-");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            Files.createFile(authorizedKeys());
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for an SSH server", e);
        }
        newHostKey();
    }

    /**
     * Starts a server and waits until it takes connections.
     *
     * @param settings lines of {@code sshd_config}, which win over those of a test server; only OpenSSH heeds them
     */
    public static SshServer start(String... settings) {
        SshServer server = new SshServer(List.of(settings));
        server.restart();
        LOG.info(
                "An SSH server at port {}: {}",
                server.port,
                isOpenSsh() ? "OpenSSH" : "Apache MINA, as there is no sshd");
        return server;
    }

    /** Returns whether the servers of this machine are OpenSSH. */
    public static boolean isOpenSsh() {
        return Files.isExecutable(PROGRAM);
    }

    /** Returns the user who is let in. */
    public static String user() {
        return System.getProperty("user.name");
    }

    public int port() {
        return port;
    }

    /** Lets a key in from now on, and no other. */
    public void authorize(String line) {
        try {
            Files.writeString(authorizedKeys(), line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the server another host key, which it shows from its next start on. */
    public void newHostKey() {
        try {
            Files.deleteIfExists(hostKey());
            Files.deleteIfExists(home.resolve("host_key.pub"));
            if (isOpenSsh()) {
                run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", hostKey().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No host key could be made", e);
        }
    }

    /** Starts the server again after {@link #kill}, on the same port. */
    public synchronized void restart() {
        if (running.isPresent()) {
            throw new IllegalStateException("The SSH server is still running; kill it first");
        }
        try {
            running = Optional.of(isOpenSsh() ? openSsh() : MinaSshServer.start(port, hostKey(), authorizedKeys()));
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException("The SSH server did not start: " + said(), e);
        }
    }

    /** Ends the server and every connection to it at once. */
    public synchronized void kill() {
        try {
            if (running.isPresent()) {
                running.get().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("The SSH server did not end", e);
        }
        running = Optional.empty();
    }

    /** Ends the server and deletes what it had. */
    @Override
    public synchronized void close() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of an SSH server could not be deleted: " + home, e);
        }
    }

    private AutoCloseable openSsh() throws IOException {
        if (user().equals("root")) {
            // Where Debian's package has it, and where its init script makes it.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        List<String> lines = new ArrayList<>(settings);
        lines.addAll(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + hostKey(),
                "AuthorizedKeysFile " + authorizedKeys(),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "LogLevel VERBOSE"));
        Path config = Files.write(home.resolve("sshd_config"), lines);
        Process server = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
        LastWill will = LastWill.of(List.of("kill", "-9", String.valueOf(server.pid())), home);
        return () -> {
            // Each connection has processes of its own, which outlive the one that listens.
            List<ProcessHandle> all = Stream.concat(Stream.of(server.toHandle()), server.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle process : all) {
                process.onExit().get(SECONDS, TimeUnit.SECONDS);
            }
            will.close();
        };
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!answers()) {
            Thread.onSpinWait();
            if (System.nanoTime() > deadline) {
                kill();
                throw new IOException("nothing listens at port " + port);
            }
        }
    }

    /** Returns whether the server says its name. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SECONDS * 1000);
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command[0] + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String said() {
        try {
            Path log = home.resolve("server.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private Path hostKey() {
        return home.resolve("host_key");
    }

    private Path authorizedKeys() {
        return home.resolve("authorized_keys");
    }
}
