package io.millrace.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform in a process of its own, made to be killed and started again on the same ports and data. It runs on the
 * class path of this process. Not thread-safe.
 */
public final class MillraceProcess implements AutoCloseable {
    /** The first credential. */
    public static final String CLIENT_ID = "testkit";

    /** The first credential's secret. */
    public static final String SECRET = "of-this-process-only";

    private static final Pattern READY = Pattern.compile("millrace ready (\\S+) kafka (\\S+) in .*");
    private static final int STOP_SECONDS = 20;

    private final ProcessBuilder builder;
    private final URI url;
    private final String kafka;
    private volatile Process process;

    private MillraceProcess(ProcessBuilder builder, int port, int kafkaPort) {
        this.builder = builder;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.kafka = "127.0.0.1:" + kafkaPort;
        this.process = ready();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly(), "kill-millrace"));
    }

    /**
     * Starts the platform on free ports and waits until it says that it is ready.
     *
     * @param home folder of an installation; {@code plugins} in it has one folder per connector
     * @param data folder for everything that is kept; must exist
     * @param settings further settings by the name of their environment variable
     */
    public static MillraceProcess start(Path home, Path data, Map<String, String> settings) {
        int port = FreePorts.next();
        int kafkaPort = FreePorts.next();
        ProcessBuilder builder = new ProcessBuilder(command(home, data, port, kafkaPort))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + "-errors.txt").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().put("MILLRACE_CLIENT_ID", CLIENT_ID);
        builder.environment().put("MILLRACE_SECRET", SECRET);
        builder.environment().putAll(settings);
        return new MillraceProcess(builder, port, kafkaPort);
    }

    private static List<String> command(Path home, Path data, int port, int kafkaPort) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dmillrace.home=" + home.toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.millrace.app.Main",
                "--port",
                String.valueOf(port),
                "--kafka-port",
                String.valueOf(kafkaPort),
                "--data",
                data.toString());
    }

    /** Returns the address of the REST API; the same after every start. */
    public URI url() {
        return url;
    }

    /** Returns the address of the broker; the same after every start. */
    public String kafka() {
        return kafka;
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
        process = ready();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Ends the process in order.
     *
     * @return whether it ended by itself; one that hangs is killed after 20 s
     */
    public boolean stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        return false;
    }

    @Override
    public void close() {
        kill();
    }

    private Process ready() {
        try {
            Process started = builder.start();
            // not closed: the process goes on writing to it
            BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    return started;
                }
            }
            started.destroyForcibly();
            throw new IllegalStateException("The platform ended before it was ready; see "
                    + builder.redirectError().file());
        } catch (IOException e) {
            throw new UncheckedIOException("The platform cannot be started", e);
        }
    }
}
