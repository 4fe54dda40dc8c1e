package io.millrace.bench.pipeline;

import io.millrace.app.Logging;
import io.millrace.bench.BenchSettings;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Progress;
import io.millrace.bench.RaceOptions;
import io.millrace.bench.ThrowAwayFolder;
import io.millrace.bench.snapshot.BenchTable;
import io.millrace.bench.snapshot.ConnectorConfigs;
import io.millrace.bench.snapshot.Pulse;
import io.millrace.bench.snapshot.Worker;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything about pipelines that has a figure to reach. A part that fails counts as missed, and the others go on. */
public record PipelineBenchmark(RaceOptions options, Random random, Pace pace, Progress progress) implements Benchmark {
    private static final int POSTGRESQL = 18;
    private static final int LEAST_WARM_UP = 1_000;
    private static final String COPY = "copy";
    private static final String LAG = "lag";

    /** Returns the names of what can be measured. */
    public static Set<String> names() {
        Set<String> names = Arrays.stream(Contender.values())
                .map(Contender::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        names.addAll(List.of(COPY, LAG));
        return names;
    }

    @Override
    public List<Figure> run() throws IOException {
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("millrace-bench-");
                PostgresServer from = PostgresServer.start(POSTGRESQL);
                PostgresServer to = PostgresServer.start(POSTGRESQL)) {
            Logging.into(folder.path().resolve("logs"));
            PostgresDatabase database = from.createDatabase();
            Pulse.createTable(database);
            ConnectorConfigs.prepare(database);
            progress.tell("filling a table with " + options.rows() + " rows");
            BenchTable table = BenchTable.filled(database, "orders", options.rows());
            BenchTable little = BenchTable.filled(database, "warm_up", Math.max(LEAST_WARM_UP, options.rows() / 5));
            Path data = folder.path().resolve("data");
            BenchSettings settings =
                    BenchSettings.in(data).withPlugins(plugins(folder.path().resolve("plugins")));
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.told("rows", table.rows(), ""));
            figures.add(Figure.told("changes", ChangeMix.of(table).count(), ""));
            try (Worker worker = Worker.start(settings, true)) {
                Race warmUp = new Race(little, worker, to, data, pace, progress);
                Race race = new Race(table, worker, to, data, pace, progress);
                figures.addAll(attempt("rates", () -> rates(warmUp, race)));
                if (options.includes(LAG)) {
                    figures.addAll(attempt(LAG, () -> new LagScenario(worker, database, to, pace).run()));
                }
            }
            return figures;
        }
    }

    /** Returns a folder with all plugins of the platform, and Debezium's JDBC sink. */
    private static Path plugins(Path folder) throws IOException {
        Path home = Path.of(System.getProperty("millrace.home", ".")).toAbsolutePath();
        Path stock = home.resolve("../../../bench/target/plugins").normalize();
        Files.createDirectories(folder);
        for (Path all : List.of(home.resolve("plugins"), stock)) {
            try (Stream<Path> plugins = Files.list(all)) {
                for (Path plugin : plugins.toList()) {
                    Files.createSymbolicLink(folder.resolve(plugin.getFileName()), plugin);
                }
            }
        }
        return folder;
    }

    private List<Figure> rates(Race warmUp, Race race) {
        List<Contender> contenders = Arrays.stream(Contender.values())
                .filter(contender -> options.includes(contender.key()))
                .toList();
        progress.tell("warm-up");
        contenders.forEach(warmUp::run);
        Rates rates = new Rates();
        for (int round = 1; round <= options.repeats(); round++) {
            progress.tell("round " + round + " of " + options.repeats());
            List<Contender> order = new ArrayList<>(contenders);
            Collections.shuffle(order, random);
            for (Contender contender : order) {
                // It takes minutes, and nobody who cares for speed leaves it so.
                if (contender != Contender.STOCK_DEFAULT || round == 1) {
                    rates.add(contender, race.run(contender));
                }
            }
            if (options.includes(COPY)) {
                rates.addCopied(false, race.copied(false));
                rates.addCopied(true, race.copied(true));
            }
        }
        return rates.figures();
    }

    private List<Figure> attempt(String name, Supplier<List<Figure>> work) {
        try {
            return work.get();
        } catch (DemoFailure | IllegalStateException e) {
            progress.tell("  " + name + " failed: " + e.getMessage());
            return List.of(Figure.failed(name));
        }
    }
}
