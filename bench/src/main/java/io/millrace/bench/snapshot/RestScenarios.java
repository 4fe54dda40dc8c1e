package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Progress;
import io.millrace.bench.RaceOptions;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is measured over the REST API: each scenario has a platform of its own, in a process of its own. */
record RestScenarios(RaceOptions options, Random random, Pace pace, Progress progress, Part part) {
    private static final int STOPS = 50;
    private static final int LAG = 300_000;
    private static final int PAUSES = 25;
    private static final int KILLS = 3;
    private static final int HEAP_MEGABYTES = 300;

    /** Runs a scenario if it was asked for. */
    @FunctionalInterface
    interface Part {
        List<Figure> run(Scenario scenario, Supplier<List<Figure>> work);
    }

    List<Figure> run(Path folder, BenchTable table) {
        List<Figure> figures = new ArrayList<>();
        PostgresDatabase database = table.database();
        figures.addAll(part.run(Scenario.STOP, () -> {
            StopScenario.createTable(table);
            return with(folder.resolve("stop"), platform -> {
                RestSource source =
                        RestSource.create(platform, database, List.of(table.name(), StopScenario.LAGGING), pace);
                return new StopScenario(source, table, STOPS, options.scaled(LAG), random, progress).run();
            });
        }));
        figures.addAll(part.run(
                Scenario.PAUSE,
                () -> with(folder.resolve("pause"), platform -> {
                    RestSource source = RestSource.create(platform, database, List.of(table.name()), pace);
                    return new PauseScenario(source, table, PAUSES, progress).run();
                })));
        figures.addAll(part.run(
                Scenario.KILL,
                () -> with(folder.resolve("kill"), platform -> {
                    RestSource source = RestSource.create(platform, database, List.of(table.name()), pace);
                    return new KillScenario(platform, source, table, KILLS, progress).run();
                })));
        figures.addAll(part.run(Scenario.HEAP, () -> heap(folder.resolve("heap"), database)));
        return figures;
    }

    private List<Figure> heap(Path data, PostgresDatabase database) {
        int megabytes = Math.max(40, options.scaled(HEAP_MEGABYTES));
        HeapScenario.createTables(database, megabytes);
        return with(data, platform -> {
            RestSource source = RestSource.create(platform, database, HeapScenario.tables(), pace);
            try (RemoteHeap heap = RemoteHeap.of(pid())) {
                return new HeapScenario(heap, database, megabytes, pace, progress).run(source);
            } catch (IOException e) {
                throw new DemoFailure("the heap can no longer be looked at: " + e, e);
            }
        });
    }

    /** Returns the only Java process that this one has started. */
    private static long pid() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .command()
                        .filter(file -> file.endsWith("/java"))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new DemoFailure("the platform does not run"))
                .pid();
    }

    private static List<Figure> with(Path data, Function<MillraceProcess, List<Figure>> work) {
        Path home = Path.of(System.getProperty("millrace.home", "."));
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new DemoFailure("no folder for the platform: " + e, e);
        }
        MillraceLaunch launch = MillraceLaunch.of(home, data.resolveSibling(data.getFileName() + "-errors.txt"))
                .credential()
                .on(data);
        try (MillraceProcess platform = MillraceProcess.start(launch)) {
            return work.apply(platform);
        }
    }
}
