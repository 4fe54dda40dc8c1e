package io.millrace.bench;

import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

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
        List<String> words = List.of(arguments);
        Optional<Benchmark> benchmark = words.isEmpty() ? Optional.empty() : benchmark(words.get(0), out, clock);
        if (benchmark.isEmpty()
                || (words.size() != 1 && !(words.size() == 3 && words.get(1).equals("--json")))) {
            out.println("usage: ./millrace bench <start|api> [--json FILE]");
            System.exit(2);
        }
        try {
            Report report = new Report(
                    words.get(0),
                    clock.instant(),
                    Machine.here(),
                    benchmark.orElseThrow().run());
            report.print(out);
            Path file = words.size() == 3 ? Path.of(words.get(2)) : usualFile(words.get(0));
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

    private static Optional<Benchmark> benchmark(String name, PrintStream out, Clock clock) {
        Progress progress = new Progress(out);
        return switch (name) {
            case "start" -> Optional.of(new StartBenchmark(STARTS, new Pace(clock), progress));
            case "api" -> Optional.of(new ApiBenchmark(SOURCES, REQUESTS, progress));
            default -> Optional.empty();
        };
    }

    private static Path usualFile(String name) {
        return Path.of(System.getProperty("millrace.home", "."), "..", "bench", name + ".json")
                .normalize();
    }
}
