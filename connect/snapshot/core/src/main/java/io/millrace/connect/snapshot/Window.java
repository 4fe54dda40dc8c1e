package io.millrace.connect.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stream did to one table while chunks of it are open: the keys that changed, each with the number of its
 * newest change, and the newest change that cannot be told by a key. Guarded by the engine's lock.
 */
final class Window {
    private final Map<RowIdentity, Long> changed = new HashMap<>();
    private long changedUnknown = -1;
    private long truncated = -1;

    /** Notes a change; an insert of a row that nothing identifies concerns no row that was read. */
    void note(StreamEvent.RowChange change, long moment) {
        if (change.identity().isPresent()) {
            changed.put(change.identity().get(), moment);
        } else if (!change.insert()) {
            changedUnknown = moment;
        }
    }

    /** Notes that all rows went at once. */
    void noteTruncation(long moment) {
        truncated = moment;
    }

    /** Returns whether the rows of a chunk say nothing any more, so that it must be read again. */
    boolean spoils(ChunkRows rows, long openedAt) {
        return truncated >= openedAt
                || (changedUnknown >= openedAt
                        && rows.rows().stream().anyMatch(row -> row.identity().isEmpty()));
    }

    /** Returns the rows that the stream did not change since the chunk was opened (S2, S3). */
    List<Row> survivors(ChunkRows rows, long openedAt) {
        if (changed.isEmpty()) {
            return rows.rows();
        }
        List<Row> survivors = new ArrayList<>(rows.rows().size());
        for (Row row : rows.rows()) {
            Optional<Long> moment = row.identity().map(changed::get);
            if (moment.isEmpty() || moment.get() < openedAt) {
                survivors.add(row);
            }
        }
        return survivors;
    }

    /** Forgets what no open chunk asks for. */
    void forgetBefore(long openedAt) {
        changed.values().removeIf(moment -> moment < openedAt);
    }
}
