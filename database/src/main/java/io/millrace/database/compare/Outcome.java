package io.millrace.database.compare;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param ranges those that differ
 */
public record Outcome(
        long rowsSource,
        long rowsDestination,
        int rangesCompared,
        List<DifferentRange> ranges,
        List<Difference> differences) {
    public Outcome {
        ranges = List.copyOf(ranges);
        differences = List.copyOf(differences);
    }

    /**
     * A range that differs.
     *
     * @param attempts how often it was compared
     */
    public record DifferentRange(KeyBounds bounds, RangeSum source, RangeSum destination, int attempts) {}

    /** Returns whether nothing differs. */
    public boolean ok() {
        return ranges.isEmpty();
    }
}
