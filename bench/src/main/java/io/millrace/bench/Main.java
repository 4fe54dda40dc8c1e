package io.millrace.bench;

import io.millrace.bench.pipeline.PipelineBenchmark;
import io.millrace.bench.snapshot.SnapshotBenchmark;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * {@code ./millrace bench <name> [--json FILE]}. Ends with status 0 when every goal is reached, 1 when one is missed and 2
 * when it is called wrongly.
 */
public final class Main {
    private static final int STARTS = 7;
    private static final int SOURCES = 1_000;
    private static final int REQUESTS = 2_000;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Clock clock = Clock.systemUTC();
        List<String> words = new ArrayList<>(List.of(arguments));
        Optional<Path> json = taken(words);
        Optional<Benchmark> benchmark = Optional.empty();
        try {
            benchmark = words.isEmpty()
                    ? Optional.empty()
                    : benchmark(words.get(0), words.subList(1, words.size()), out, clock);
        } catch (DemoFailure e) {
            out.println("millrace bench: " + e.getMessage());
        }
        if (benchmark.isEmpty()) {
            out.println("usage: ./millrace bench <start|api> [--json FILE]");
            out.println(
                    "       ./millrace bench <snapshot|pipeline> [--rows N] [--repeat N] [--only NAMES] [--json FILE]");
            System.exit(2);
        }
        try {
            Report report = new Report(
                    words.get(0),
                    clock.instant(),
                    Machine.here(),
                    benchmark.orElseThrow().run());
            report.print(out);
            Path file = json.orElseGet(() -> usualFile(words.get(0)));
            report.write(file);
            out.println("\nas JSON: " + file);
            System.exit(report.isGood() ? 0 : 1);
        } catch (IOException | DemoFailure e) {
            out.println("millrace bench: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            throw new IllegalStateException("the benchmark " + words.get(0) + " broke off", e);
        }
    }

    /** Takes {@code --json FILE} out of the words. */
    private static Optional<Path> taken(List<String> words) {
        int at = words.indexOf("--json");
        if (at < 0 || at + 1 == words.size()) {
            return Optional.empty();
        }
        words.remove(at);
        return Optional.of(Path.of(words.remove(at)));
    }

    private static Optional<Benchmark> benchmark(String name, List<String> options, PrintStream out, Clock clock) {
        Progress progress = new Progress(out);
        switch (name) {
            case "snapshot" -> {
                RaceOptions race = RaceOptions.read(name, options, SnapshotBenchmark.names());
                return Optional.of(new SnapshotBenchmark(race, order(clock, progress), new Pace(clock), progress));
            }
            case "pipeline" -> {
                RaceOptions race = RaceOptions.read(name, options, PipelineBenchmark.names());
                return Optional.of(new PipelineBenchmark(race, order(clock, progress), new Pace(clock), progress));
            }
            default -> {
                return options.isEmpty() ? plain(name, clock, progress) : Optional.empty();
            }
        }
    }

    private static Optional<Benchmark> plain(String name, Clock clock, Progress progress) {
        return switch (name) {
            case "start" -> Optional.of(new StartBenchmark(STARTS, new Pace(clock), progress));
            case "api" -> Optional.of(new ApiBenchmark(SOURCES, REQUESTS, progress));
            default -> Optional.empty();
        };
    }

    private static Random order(Clock clock, Progress progress) {
        long seed = clock.millis();
        progress.tell("order by seed " + seed);
        return new Random(seed);
    }

    private static Path usualFile(String name) {
        return Path.of(System.getProperty("millrace.home", "."), "..", "bench", name + ".json")
                .normalize();
    }
}
