package io.millrace.database;

/** A number of rows, and how far to trust it. */
public record RowCount(long rows, EstimateKind kind) {
    public RowCount {
        if (rows < 0) {
            throw new IllegalArgumentException("there are no " + rows + " rows");
        }
    }
}
