package io.millrace.source.binlog;

import io.millrace.source.SourceId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The number under which a source reads the log, as replicas do: a server lets go of the older of two readers with the same
 * one. It hangs on the source's id alone, so that it stays the same, and is far above the numbers that people give.
 */
record ReaderNumber(long value) {
    private static final long FIRST = 1_000_000_000L;
    private static final long HOW_MANY = 3_000_000_000L;

    static ReaderNumber of(SourceId id) {
        UUID digest = UUID.nameUUIDFromBytes(id.value().getBytes(StandardCharsets.UTF_8));
        return new ReaderNumber(FIRST + Long.remainderUnsigned(digest.getMostSignificantBits(), HOW_MANY));
    }
}
