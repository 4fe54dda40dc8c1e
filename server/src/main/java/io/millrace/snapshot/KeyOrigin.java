package io.millrace.snapshot;

/** Where the columns come from that order the chunks of a table. */
public enum KeyOrigin {
    PRIMARY_KEY,
    UNIQUE_INDEX,
    SURROGATE_KEY,
    /** There is nothing to order by; the table cannot be read in chunks. */
    NONE
}
