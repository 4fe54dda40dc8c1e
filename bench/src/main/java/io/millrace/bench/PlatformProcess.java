package io.millrace.bench;

import io.millrace.demo.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform in a process of its own, with the same Java and the same options as this one: those of {@code ./millrace}.
 *
 * @param untilReady from the start of the process to its ready line
 */
record PlatformProcess(Process process, URI url, String secret, Duration untilReady) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("millrace ready (\\S+) .*");
    private static final String CLIENT_ID = "bench";
    private static final String SECRET = "of-this-run-only";

    /** Starts a platform on free ports and waits for its ready line. */
    static PlatformProcess start(Path data) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(data))
                .redirectError(Files.createTempFile(data.getParent(), "errors-", ".txt")
                        .toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().put("MILLRACE_CLIENT_ID", CLIENT_ID);
        builder.environment().put("MILLRACE_SECRET", SECRET);
        long began = System.nanoTime();
        Process process = builder.start();
        // Not closed: the process goes on writing to it.
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                Duration untilReady = Duration.ofNanos(System.nanoTime() - began);
                return new PlatformProcess(process, URI.create(ready.group(1)), SECRET, untilReady);
            }
        }
        process.destroyForcibly();
        throw new IOException("the platform ended before it was ready; run ./millrace up to see why");
    }

    /** Returns the API, signed in. */
    Api api() {
        return Api.at(url).signIn(CLIENT_ID, secret);
    }

    /** Returns the memory of the process that is in RAM now, in MiB. */
    double residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("the system does not tell the memory of process " + process.pid());
    }

    /** Returns the processor time that the process used so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends the process in order, and by force after 20 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path data) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.millrace.app.Main"));
        command.addAll(List.of("--port", "0", "--kafka-port", "0", "--data", data.toString()));
        return command;
    }
}
