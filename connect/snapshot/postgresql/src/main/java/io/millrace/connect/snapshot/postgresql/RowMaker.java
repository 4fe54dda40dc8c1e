package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.snapshot.Row;

/** Makes rows of the lines of one read. For one thread. */
interface RowMaker {
    /** Returns a row that keeps nothing of the line. */
    Row make(CopyLine line);

    /** Returns the bytes that a row counts for. */
    long bytes(Row row, CopyLine line);
}
