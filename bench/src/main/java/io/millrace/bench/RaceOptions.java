package io.millrace.bench;

import io.millrace.demo.DemoFailure;
import java.util.List;
import java.util.Set;

/**
 * What a benchmark of several contenders measures, how large and how often.
 *
 * @param rows rows of the table; what is stated for the full table grows and shrinks with it
 * @param repeats how often each rate is measured, after a warm-up that is not counted
 * @param only names of what is measured, all when there are none
 */
public record RaceOptions(int rows, int repeats, Set<String> only) {
    /** Rows that the goals are stated for. */
    private static final int FULL = 1_000_000;

    public RaceOptions {
        if (rows < 1_000 || repeats < 1) {
            throw new DemoFailure("--rows must be at least 1000 and --repeat at least 1");
        }
        only = Set.copyOf(only);
    }

    /**
     * Reads {@code --rows}, {@code --repeat} and {@code --only}; refuses anything else in a sentence.
     *
     * @param bench name of the benchmark
     * @param names all that it can measure
     */
    public static RaceOptions read(String bench, List<String> words, Set<String> names) {
        int rows = FULL;
        int repeats = 3;
        Set<String> only = Set.of();
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "--rows" -> rows = number(words.get(i), value);
                case "--repeat" -> repeats = number(words.get(i), value);
                case "--only" -> only = known(names, Set.of(value.split(",", -1)));
                default ->
                    throw new DemoFailure(
                            "bench " + bench + " takes --rows N, --repeat N and --only NAMES, not " + words.get(i));
            }
        }
        return new RaceOptions(rows, repeats, only);
    }

    private static Set<String> known(Set<String> names, Set<String> only) {
        for (String name : only) {
            if (!names.contains(name)) {
                throw new DemoFailure("--only knows " + String.join(", ", names) + ", not " + name);
            }
        }
        return only;
    }

    /** Returns whether something is to be measured. */
    public boolean includes(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** Returns a number that is stated for the full table, for the present one. */
    public int scaled(int stated) {
        return (int) Math.max(1, (long) stated * rows / FULL);
    }

    private static int number(String flag, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new DemoFailure(flag + " needs a number, not '" + value + "'");
        }
    }
}
