package io.millrace.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What came out when a topic was held against its table after the end.
 *
 * @param rowsInTable rows in the range, in one consistent view
 * @param keysDelivered those of them whose key the topic holds, whether the snapshot or the stream delivered it
 */
public record Completeness(long rowsInTable, long keysDelivered, Instant checkedTimestamp) {
    public Completeness {
        if (keysDelivered < 0 || keysDelivered > rowsInTable) {
            throw new IllegalArgumentException(keysDelivered + " of " + rowsInTable + " rows cannot be delivered");
        }
    }

    /** Returns whether no row is missing. */
    @JsonProperty
    public boolean complete() {
        return keysDelivered == rowsInTable;
    }
}
