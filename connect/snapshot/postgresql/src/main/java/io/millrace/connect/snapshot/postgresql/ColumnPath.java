package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.converters.row.RowWriter;

/** The way of one column's values from the text of the database into a record. For one thread. */
@FunctionalInterface
interface ColumnPath {
    /** Writes a value. */
    void write(byte[] bytes, int start, int length, RowWriter out);

    /** Writes null. */
    default void writeNull(RowWriter out) {
        out.writeNull();
    }
}
