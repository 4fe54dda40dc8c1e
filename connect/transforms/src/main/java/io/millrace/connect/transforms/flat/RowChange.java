package io.millrace.connect.transforms.flat;

import org.apache.kafka.connect.data.Struct;

/** What is done to rows of one table and one schema. */
@FunctionalInterface
interface RowChange {
    /** Leaves rows as they are. */
    RowChange NONE = row -> row;

    /** Returns the changed row; the same object when nothing is to be changed. */
    Struct apply(Struct row);
}
