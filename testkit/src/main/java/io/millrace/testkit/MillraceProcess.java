package io.millrace.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform in a process of its own, which can be ended, killed and started again as it was. It ends with this JVM at
 * the latest. Not thread-safe.
 */
public final class MillraceProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("millrace ready (\\S+) kafka (\\S+) in .*");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MillraceLaunch launch;
    private volatile Process process;
    private List<String> printed = List.of();
    private Duration untilReady = Duration.ZERO;

    private MillraceProcess(MillraceLaunch launch) {
        this.launch = launch;
        this.process = begun();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly(), "kill-millrace"));
    }

    /** Starts the platform and does not wait; for a start that is to be refused. */
    public static MillraceProcess begin(MillraceLaunch launch) {
        return new MillraceProcess(launch);
    }

    /** Starts the platform and waits until it says that it is ready. */
    public static MillraceProcess start(MillraceLaunch launch) {
        long began = System.nanoTime();
        MillraceProcess started = begin(launch);
        started.awaitReady(began);
        return started;
    }

    /** Returns the address of the REST API. */
    public URI url() {
        return URI.create(readyLine().group(1));
    }

    /** Returns the address of the broker. */
    public String kafka() {
        return readyLine().group(2);
    }

    /** Returns what it printed for people until it was ready. */
    public List<String> printed() {
        return printed;
    }

    /** Returns how long the last start took, from the start of the process to the ready line. */
    public Duration untilReady() {
        return untilReady;
    }

    /** Returns what all starts so far wrote to the standard error output. */
    public String errors() {
        try {
            return Files.readString(launch.errors());
        } catch (IOException e) {
            throw new UncheckedIOException("The file with errors of the platform cannot be read", e);
        }
    }

    /** Returns the process that runs now, or ran last. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the process at once, as {@code kill -9} does, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Starts the platform again after {@link #kill} or {@link #stop}.
     *
     * @return how long it took until the platform said that it is ready
     */
    public Duration restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("The platform is still running; kill or stop it first");
        }
        long began = System.nanoTime();
        process = begun();
        awaitReady(began);
        return untilReady;
    }

    /**
     * Tells the process to end (SIGTERM).
     *
     * @return whether it ended by itself in time; one that did not is killed
     */
    public boolean stop(Duration within) {
        process.destroy();
        if (exitStatus(within).isPresent()) {
            return true;
        }
        kill();
        return false;
    }

    /** Tells the process to end, and gives it 20 s. */
    public boolean stop() {
        return stop(PATIENCE);
    }

    /** Returns the exit status once the process has ended by itself; nothing if it did not in time. */
    public OptionalInt exitStatus(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        kill();
    }

    private Process begun() {
        try {
            return launch.begin();
        } catch (IOException e) {
            throw new UncheckedIOException("The platform cannot be started", e);
        }
    }

    private void awaitReady(long began) {
        List<String> lines = new ArrayList<>();
        // not closed: the process goes on writing to it
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (READY.matcher(line).matches()) {
                    untilReady = Duration.ofNanos(System.nanoTime() - began);
                    printed = List.copyOf(lines);
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The platform's output cannot be read", e);
        }
        kill();
        throw new IllegalStateException("The platform ended before it was ready: " + errors());
    }

    private Matcher readyLine() {
        Matcher ready = READY.matcher(printed.isEmpty() ? "" : printed.get(printed.size() - 1));
        if (!ready.matches()) {
            throw new IllegalStateException("The platform has not said that it is ready");
        }
        return ready;
    }
}
