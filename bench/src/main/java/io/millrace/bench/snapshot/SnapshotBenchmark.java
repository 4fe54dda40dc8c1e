package io.millrace.bench.snapshot;

import io.millrace.app.Logging;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Progress;
import io.millrace.bench.RaceOptions;
import io.millrace.bench.ThrowAwayFolder;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Everything about snapshots that has a figure to reach. A part that fails counts as missed, and the others go on. */
public record SnapshotBenchmark(RaceOptions options, Random random, Pace pace, Progress progress) implements Benchmark {
    private static final int POSTGRESQL = 18;
    private static final int BACKLOG = 500_000;
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    /** Returns the names of what can be measured. */
    public static Set<String> names() {
        Set<String> names = Arrays.stream(Contender.values())
                .map(Contender::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Arrays.stream(Scenario.values()).map(Scenario::key).forEach(names::add);
        return names;
    }

    @Override
    public List<Figure> run() throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("millrace-bench-");
                PostgresServer server = PostgresServer.start(POSTGRESQL)) {
            Logging.into(folder.path().resolve("logs"));
            PostgresDatabase database = server.createDatabase();
            progress.tell("filling a table with " + options.rows() + " rows");
            BenchTable table = BenchTable.filled(database, "orders", options.rows());
            BenchTable backlog = BenchTable.empty(database, "backlog", options.scaled(BACKLOG));
            Pulse.createTable(database);
            ConnectorConfigs.prepare(database);
            figures.add(Figure.told("rows", table.rows(), ""));
            figures.add(Figure.told("bytes of a row in the table", table.bytesPerRow(), "bytes"));
            figures.addAll(overWorkers(folder.path(), table, backlog));
            figures.addAll(new RestScenarios(options, random, pace, progress, this::part).run(folder.path(), table));
        }
        return figures;
    }

    private List<Figure> overWorkers(Path folder, BenchTable table, BenchTable backlog) {
        List<Figure> figures = new ArrayList<>();
        Rates rates = new Rates();
        List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
        Race race = new Race(table, sample, pace, progress);
        Race warmUp = new Race(
                BenchTable.filled(table.database(), "warm_up", Math.max(1_000, table.rows() / 4)),
                sample,
                pace,
                progress);
        for (boolean exactlyOnce : shuffled(List.of(true, false))) {
            List<Contender> contenders = contenders(exactlyOnce);
            boolean more = exactlyOnce
                    && (options.includes(Scenario.LATENCY.key()) || options.includes(Scenario.BACKLOG.key()));
            if (contenders.isEmpty() && !more) {
                continue;
            }
            try (Worker worker =
                    Worker.start(folder.resolve(exactlyOnce ? "exactly-once" : "at-least-once"), exactlyOnce)) {
                figures.addAll(attempt("rates", () -> race(worker, contenders, warmUp, race, rates)));
                if (exactlyOnce) {
                    figures.addAll(
                            part(Scenario.LATENCY, () -> new LatencyScenario(worker, table, pace, progress).run()));
                    figures.addAll(part(Scenario.BACKLOG, () -> new BacklogScenario(
                                    worker, backlog, options.repeats(), random, pace, progress)
                            .run()));
                }
            }
        }
        figures.addAll(0, rates.figures());
        return figures;
    }

    private List<Contender> contenders(boolean exactlyOnce) {
        return Arrays.stream(Contender.values())
                .filter(contender -> options.includes(contender.key()))
                .filter(contender -> contender != (exactlyOnce ? Contender.PRODUCER : Contender.STOCK_TUNED))
                .toList();
    }

    private List<Figure> race(Worker worker, List<Contender> contenders, Race warmUp, Race race, Rates rates) {
        progress.tell("warm-up, exactly-once " + (worker.exactlyOnce() ? "on" : "off"));
        // In their own order: the plain producer writes what our JSON run has written.
        contenders.forEach(contender -> warmUp(worker, contender, warmUp));
        for (int round = 1; round <= options.repeats(); round++) {
            progress.tell("round " + round + " of " + options.repeats());
            for (Contender contender : shuffled(contenders)) {
                rates.add(contender, worker.exactlyOnce(), race.run(worker, contender));
            }
        }
        return List.of();
    }

    /** Gives every contender the same time, for it is time that the compiler needs, whatever the rows. */
    private static void warmUp(Worker worker, Contender contender, Race race) {
        long end = System.nanoTime() + WARM_UP.toNanos();
        do {
            race.run(worker, contender);
        } while (System.nanoTime() < end);
    }

    private List<Figure> part(Scenario scenario, Supplier<List<Figure>> work) {
        return options.includes(scenario.key()) ? attempt(scenario.key(), work) : List.of();
    }

    private List<Figure> attempt(String name, Supplier<List<Figure>> work) {
        progress.tell(name);
        try {
            return work.get();
        } catch (DemoFailure | IllegalStateException e) {
            progress.tell("  " + name + " failed: " + e.getMessage());
            return List.of(Figure.failed(name));
        }
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> order = new ArrayList<>(list);
        Collections.shuffle(order, random);
        return order;
    }
}
