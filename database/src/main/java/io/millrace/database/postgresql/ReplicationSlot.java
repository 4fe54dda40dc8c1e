package io.millrace.database.postgresql;

import java.util.Optional;

/**
 * A logical or physical replication slot.
 *
 * @param plugin empty for a physical slot
 * @param database empty for a physical slot
 * @param active whether a session streams from it now
 * @param retainedBytes log that the server keeps for it; empty where it cannot be told
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; empty before first use
 */
public record ReplicationSlot(
        String name,
        Optional<String> plugin,
        Optional<String> database,
        boolean active,
        Optional<Long> retainedBytes,
        Optional<String> walStatus) {
    /** Returns whether the server has thrown away log that the slot still needs; the slot is of no use then. */
    public boolean isLost() {
        return walStatus.filter("lost"::equals).isPresent();
    }
}
