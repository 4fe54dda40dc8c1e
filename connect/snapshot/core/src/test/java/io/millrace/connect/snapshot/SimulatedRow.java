package io.millrace.connect.snapshot;

/**
 * A row.
 *
 * @param version grows with every change of any row
 * @param wide version in which the wide column was written last; a change of other columns does not carry it in the log
 */
record SimulatedRow(int key, long version, long wide) {}
