package io.millrace.connect.snapshot;

import java.util.Optional;

/**
 * A change as it stands in the log and in records of the stream.
 *
 * @param row the row afterwards; of a deleted one the version of its end
 * @param whole whether the wide column is in it
 */
record SimulatedChange(SimulatedTable table, Kind kind, SimulatedRow row, boolean whole) {
    enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    /** Returns what the table holds of the key afterwards. */
    Optional<SimulatedRow> after() {
        return kind == Kind.DELETE || kind == Kind.TRUNCATE ? Optional.empty() : Optional.of(row);
    }
}
