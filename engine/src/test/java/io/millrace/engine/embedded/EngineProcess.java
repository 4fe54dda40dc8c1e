package io.millrace.engine.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** An engine in a process of its own, made to be killed. */
final class EngineProcess implements AutoCloseable {
    private static final String READY = "in the middle of transactions";

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Returns when the process has an engine running, two connectors, and transactions that nobody will end. */
    static EngineProcess start(EmbeddedSettings settings) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EngineProcess.class.getName(),
                        settings.data().toString(),
                        settings.plugins().toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(READY)) {
                return new EngineProcess(process);
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("the engine process ended: " + said);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws Exception {
        EmbeddedEngine engine = EmbeddedEngine.start(
                new EmbeddedSettings(Path.of(args[0]), Path.of(args[1]), 0), (path, key) -> Optional.empty());
        Counting counting = Counting.into("numbers");
        engine.connect().put(counting.name(), counting.config());
        Counting open =
                Counting.into("open").with("transaction.boundary", "connector").with(CountingConnector.KEEP_OPEN, true);
        engine.connect().put(open.name(), open.config());
        await(() -> Numbers.committedEnd(engine, "numbers") > 50);
        await(() -> Numbers.end(engine, "open") > Numbers.committedEnd(engine, "open"));
        OpenTransaction.in(
                engine.kafka().bootstrapServers(),
                WorkerProperties.GROUP + "-counting_killed-0",
                List.of(WorkerProperties.OFFSETS, WorkerProperties.CONFIGS, "numbers"));
        System.out.println(READY);
        new CompletableFuture<Void>().join();
    }

    private static void await(BooleanSupplier condition) {
        if (!Waiting.until(Duration.ofSeconds(60), condition)) {
            throw new IllegalStateException("the connectors did not start");
        }
    }
}
