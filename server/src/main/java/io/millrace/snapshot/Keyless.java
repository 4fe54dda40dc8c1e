package io.millrace.snapshot;

/**
 * What becomes of tables without a key.
 *
 * @param taken whether they can be read, because the run is blocking
 * @param skipped whether they are left out otherwise, because the run is over all tables
 */
record Keyless(boolean taken, boolean skipped) {}
