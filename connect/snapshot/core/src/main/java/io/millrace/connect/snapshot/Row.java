package io.millrace.connect.snapshot;

import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * One row, ready to be handed on: converted as the stream converts it, or encoded already to the bytes that the
 * converter would make of that (schema {@link io.millrace.control.ControlTopics#ENCODED_SCHEMA}).
 *
 * @param identifying the row's key, whatever form {@code key} has; null when the table has none
 * @param key record key; null when the table has none
 * @param value the envelope
 */
public record Row(
        @Nullable Struct identifying,
        @Nullable Schema keySchema,
        @Nullable Object key,
        Schema valueSchema,
        Object value) {

    /** Returns what tells the row from all others of the table; empty when nothing does. */
    Optional<RowIdentity> identity() {
        return RowIdentity.of(identifying);
    }
}
