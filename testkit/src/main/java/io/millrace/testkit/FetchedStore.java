package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of a store whose program is no Maven artifact: {@code testkit/stores/install} gets it, and so does CI. It
 * listens on one loopback port all its life, and keeps its data in a folder of its own. Thread-safe.
 */
final class FetchedStore implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int LOOK_MILLIS = 50;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final Path home;
    private Optional<Process> process = Optional.empty();
    private Optional<LastWill> will = Optional.empty();

    FetchedStore(String name, List<String> command, Map<String, String> environment, int port, Path home) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.port = port;
        this.home = home;
    }

    /** Returns a file that was fetched, whether it is there or not. */
    static Path program(String path) {
        try {
            return Path.of(FetchedStore.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../../stores/target/" + path)
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns why a store cannot be started, if so. */
    static Optional<String> missing(String name, Path program) {
        return Files.exists(program)
                ? Optional.empty()
                : Optional.of(name + " is not installed: run testkit/stores/install");
    }

    static Path home(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for a store", e);
        }
    }

    /** Starts the process, and waits until it takes connections. */
    synchronized void start() {
        if (process.isPresent()) {
            throw new IllegalStateException(name + " is still running; stop it first");
        }
        try {
            Path output = home.resolve("server.log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process started = builder.start();
            process = Optional.of(started);
            will = Optional.of(LastWill.of(List.of("kill", "-9", String.valueOf(started.pid())), home));
            awaitReady(started, output);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be run", e);
        }
    }

    /** Asks the process to end, and waits until it did; its data stay. */
    synchronized void stop() {
        process.ifPresent(Process::destroy);
        process.ifPresent(running -> running.onExit().join());
        forget();
    }

    private void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
        forget();
    }

    private void forget() {
        process = Optional.empty();
        will.ifPresent(LastWill::close);
        will = Optional.empty();
    }

    /** Ends the process, and deletes its data. */
    @Override
    public synchronized void close() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data of " + name + " could not be deleted: " + home, e);
        }
    }

    private void awaitReady(Process started, Path output) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (hasEnded(started) || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException(name + " did not start: " + Files.readString(output));
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean hasEnded(Process running) {
        try {
            return running.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " started", e);
        }
    }
}
