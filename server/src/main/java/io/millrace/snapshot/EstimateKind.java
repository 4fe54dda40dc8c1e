package io.millrace.snapshot;

/** Where a number of rows comes from. */
public enum EstimateKind {
    /** Counted when the run was asked for. */
    EXACT,
    /** From the statistics of the database. */
    ESTIMATED
}
