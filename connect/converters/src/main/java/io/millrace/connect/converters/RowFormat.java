package io.millrace.connect.converters;

import io.millrace.connect.converters.row.RowWriter;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A format that takes rows column by column. Thread-safe; the writers it makes are not. */
interface RowFormat {
    /** Returns a writer of whole records. */
    RowWriter plain(String topic, Schema schema);

    /** Returns a writer of one member of records that are the same in everything else. */
    RowWriter framed(String topic, Struct frame, String member);
}
