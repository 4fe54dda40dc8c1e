package io.millrace.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** An engine in a process of its own, made to be killed. */
final class EngineProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Returns when the process has an engine running, two connectors, and transactions that nobody will end. */
    static EngineProcess start(EmbeddedSettings settings) throws IOException {
        Path ready = settings.data().resolveSibling("ready");
        Path log = settings.data().resolveSibling("process.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EngineProcess.class.getName(),
                        settings.data().toString(),
                        settings.plugins().toString(),
                        ready.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        EngineProcess started = new EngineProcess(process);
        Waiting.until(PATIENCE, () -> Files.exists(ready) || !process.isAlive());
        if (!Files.exists(ready)) {
            started.close();
            throw new IllegalStateException("the engine process did not get ready: "
                    + Files.readString(log).lines().limit(100).toList());
        }
        return started;
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

    public static void main(String[] args) {
        try {
            run(new EmbeddedSettings(Path.of(args[0]), Path.of(args[1]), 0));
            Files.createFile(Path.of(args[2]));
            new CompletableFuture<Void>().join();
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(EmbeddedSettings settings) throws Exception {
        EmbeddedEngine engine = EmbeddedEngine.start(settings, (path, key) -> Optional.empty());
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
    }

    private static void await(BooleanSupplier condition) {
        if (!Waiting.until(PATIENCE, condition)) {
            throw new IllegalStateException("the connectors did not start");
        }
    }
}
