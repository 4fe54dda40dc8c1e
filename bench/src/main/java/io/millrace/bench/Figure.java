package io.millrace.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One measured number.
 *
 * @param atMost the goal; empty for a figure that is only told
 */
record Figure(String name, double value, String unit, OptionalDouble atMost) {
    static Figure told(String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.empty());
    }

    static Figure atMost(double goal, String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.of(goal));
    }

    /** Returns whether the goal, if there is one, is reached. */
    boolean isReached() {
        return atMost.isEmpty() || value <= atMost.getAsDouble();
    }

    /** Returns the figure as a row of a table. */
    String row() {
        String goal = atMost.isEmpty() ? "" : String.format(Locale.ROOT, "at most %.4g", atMost.getAsDouble());
        return String.format(Locale.ROOT, "| %-44s | %10.2f %-5s | %-14s | %-6s |", name, value, unit, goal, verdict());
    }

    private String verdict() {
        if (atMost.isEmpty()) {
            return "";
        }
        return isReached() ? "yes" : "MISSED";
    }
}
