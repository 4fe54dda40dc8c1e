package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.util.Optional;
import java.util.OptionalLong;

/** What a record of the stream means for the windows. */
public sealed interface StreamEvent {
    /** A marker of this engine, in this or an earlier life of the task; it goes no further. */
    record Marker(String text) implements StreamEvent {}

    /**
     * A row was inserted, updated or deleted.
     *
     * @param identity empty when the row has none
     * @param insert whether the row is new
     * @param transaction number of the transaction
     */
    record RowChange(TableName table, Optional<RowIdentity> identity, boolean insert, OptionalLong transaction)
            implements StreamEvent {}

    /** All rows of a table went at once. */
    record Truncation(TableName table, OptionalLong transaction) implements StreamEvent {}

    /** Anything else, for example a heartbeat or a tombstone. */
    record Other() implements StreamEvent {}
}
