package io.millrace.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One measured number.
 *
 * @param goal empty for a figure that is only told
 * @param spread least and greatest of several measurements; the value is their median then
 */
public record Figure(String name, double value, String unit, Optional<Goal> goal, Optional<Spread> spread) {
    /** Where a value is to be. */
    public record Goal(boolean atMost, double bound) {
        boolean isReachedBy(double value) {
            return atMost ? value <= bound : value >= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.4g", atMost ? "at most" : "at least", bound);
        }
    }

    /** Least and greatest of several measurements. */
    public record Spread(double least, double greatest) {}

    public static Figure told(String name, double value, String unit) {
        return new Figure(name, value, unit, Optional.empty(), Optional.empty());
    }

    public static Figure atMost(double goal, String name, double value, String unit) {
        return told(name, value, unit).toBeAtMost(goal);
    }

    public static Figure atLeast(double goal, String name, double value, String unit) {
        return told(name, value, unit).toBeAtLeast(goal);
    }

    /** Returns the median of measurements with their spread. */
    public static Figure median(String name, double[] values, String unit) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured of " + name);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        Spread spread = new Spread(sorted[0], sorted[sorted.length - 1]);
        return new Figure(name, median, unit, Optional.empty(), Optional.of(spread));
    }

    /** Returns a figure without a value for what could not be measured; its goal counts as missed. */
    public static Figure failed(String name) {
        return atMost(0, name, Double.NaN, "");
    }

    public Figure toBeAtMost(double bound) {
        return new Figure(name, value, unit, Optional.of(new Goal(true, bound)), spread);
    }

    public Figure toBeAtLeast(double bound) {
        return new Figure(name, value, unit, Optional.of(new Goal(false, bound)), spread);
    }

    /** Returns whether the goal, if there is one, is reached. */
    boolean isReached() {
        return goal.isEmpty() || goal.get().isReachedBy(value);
    }

    /** Returns the figure as a row of a table. */
    String row() {
        String measured = spread.map(s -> String.format(Locale.ROOT, "%.2f to %.2f", s.least(), s.greatest()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "| %-58s | %12.2f %-8s | %-24s | %-14s | %-6s |",
                name,
                value,
                unit,
                measured,
                goal.map(Goal::toString).orElse(""),
                verdict());
    }

    private String verdict() {
        if (goal.isEmpty()) {
            return "";
        }
        return isReached() ? "yes" : "MISSED";
    }
}
