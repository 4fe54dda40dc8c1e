package io.millrace.snapshot;

import io.millrace.database.EstimateKind;

/**
 * How many rows a topic was thought to have when its run was asked for.
 *
 * @param rows at least 0
 */
public record Estimate(long rows, EstimateKind kind) {
    /** Share of what was delivered by which an estimate that ran out is kept ahead of it. */
    private static final int HEADROOM = 20;

    public Estimate {
        if (rows < 0) {
            throw new IllegalArgumentException("a table cannot have " + rows + " rows");
        }
    }

    /** Returns what is left of the estimate when {@code done} rows of it need not be read any more. */
    public Estimate without(long done) {
        return new Estimate(Math.max(0, rows - done), kind);
    }

    /** Returns the estimate that still makes sense after so many rows of a topic that goes on: it grows when it ran out. */
    public Estimate covering(long delivered) {
        return delivered <= rows ? this : new Estimate(delivered + delivered / HEADROOM + 1, EstimateKind.ESTIMATED);
    }

    /** Returns how much of it is delivered, from 0 to {@link Progress#ALMOST}. */
    double percent(long delivered) {
        return rows == 0 ? 0 : Progress.percent(delivered, covering(delivered).rows());
    }
}
