package io.millrace.bench.snapshot;

import io.millrace.demo.DemoFailure;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is measured, how large and how often.
 *
 * @param rows rows of the table; figures for backlog and lag grow and shrink with it
 * @param repeats how often each rate is measured, after a warm-up that is not counted
 * @param only names of what is measured, all when there are none
 */
public record SnapshotOptions(int rows, int repeats, Set<String> only) {
    /** Rows that the goals are stated for. */
    static final int FULL = 1_000_000;

    private static final Set<String> NAMES = names();

    public SnapshotOptions {
        if (rows < 1_000 || repeats < 1) {
            throw new DemoFailure("--rows must be at least 1000 and --repeat at least 1");
        }
        only = Set.copyOf(only);
        for (String name : only) {
            if (!NAMES.contains(name)) {
                throw new DemoFailure("--only knows " + String.join(", ", NAMES) + ", not " + name);
            }
        }
    }

    /** Reads {@code --rows}, {@code --repeat} and {@code --only}; refuses anything else in a sentence. */
    public static SnapshotOptions read(List<String> words) {
        int rows = FULL;
        int repeats = 3;
        Set<String> only = Set.of();
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "--rows" -> rows = number(words.get(i), value);
                case "--repeat" -> repeats = number(words.get(i), value);
                case "--only" -> only = Set.of(value.split(",", -1));
                default ->
                    throw new DemoFailure(
                            "bench snapshot takes --rows N, --repeat N and --only NAMES, not " + words.get(i));
            }
        }
        return new SnapshotOptions(rows, repeats, only);
    }

    boolean includes(String name) {
        return only.isEmpty() || only.contains(name);
    }

    boolean includes(Scenario scenario) {
        return includes(scenario.key());
    }

    /** Returns a number that is stated for the full table, for the present one. */
    int scaled(int stated) {
        return (int) Math.max(1, (long) stated * rows / FULL);
    }

    private static Set<String> names() {
        Set<String> names = Arrays.stream(Contender.values())
                .map(Contender::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Arrays.stream(Scenario.values()).map(Scenario::key).forEach(names::add);
        return names;
    }

    private static int number(String flag, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new DemoFailure(flag + " needs a number, not '" + value + "'");
        }
    }
}
