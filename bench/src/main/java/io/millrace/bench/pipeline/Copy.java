package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.BenchTable;

/** A database that a table is copied into, empty at first. What it takes on the disk is given back when it is closed. */
interface Copy extends AutoCloseable {
    /** Schema that the table is copied into. */
    String SCHEMA = "copy";

    /** Number and digest of all rows; two tables with the same are equal. */
    record Content(long rows, String digest) {}

    /** Returns what is in the table, which nobody else may have open where the product does not bear that. */
    Content content(BenchTable table);

    /** Copies the rows by COPY out of the source and COPY in here, into a table of its own; returns rows a second. */
    double copied(BenchTable table);

    @Override
    void close();
}
