package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What a record of the stream means for the windows. */
public sealed interface StreamEvent {
    /**
     * Returns a place in the log such that everything before it has been handed on when this record is reached; empty
     * where the record says nothing of that.
     */
    OptionalLong position();

    /** A marker of this engine, in this or an earlier life of the task; it goes no further. */
    record Marker(String text, OptionalLong position) implements StreamEvent {}

    /**
     * A row was inserted, updated or deleted.
     *
     * @param identifying the row's key; null when the table has none
     * @param insert whether the row is new
     * @param whole whether the record carries every column of the row; one that does not cannot stand in for it
     * @param transaction number of the transaction
     */
    record RowChange(
            TableName table,
            @Nullable Struct identifying,
            boolean insert,
            boolean whole,
            OptionalLong transaction,
            OptionalLong position)
            implements StreamEvent {
        /** Returns what tells the row from all others of the table; empty when nothing does. */
        Optional<RowIdentity> identity() {
            return RowIdentity.of(identifying);
        }
    }

    /** All rows of a table went at once. */
    record Truncation(TableName table, OptionalLong transaction, OptionalLong position) implements StreamEvent {}

    /** Anything else, for example a heartbeat or a tombstone. */
    record Other(OptionalLong position) implements StreamEvent {
        /** Says nothing. */
        public static final Other NOTHING = new Other(OptionalLong.empty());
    }
}
