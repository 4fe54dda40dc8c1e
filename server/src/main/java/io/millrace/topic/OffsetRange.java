package io.millrace.topic;

import java.util.Optional;

/**
 * Offsets of one partition.
 *
 * @param from the first
 * @param to the one after the last
 */
record OffsetRange(long from, long to) {
    boolean isEmpty() {
        return from >= to;
    }

    /** Returns the part before, or after, an offset that was seen; all of it when none was. */
    OffsetRange beside(Optional<Long> seen, boolean before) {
        return seen.map(offset -> before
                        ? new OffsetRange(from, Math.min(to, offset))
                        : new OffsetRange(Math.max(from, offset + 1), to))
                .orElse(this);
    }
}
