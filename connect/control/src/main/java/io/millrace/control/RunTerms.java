package io.millrace.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * On which terms a run reads.
 *
 * @param maxRowsPerSecond most rows handed on in a second, over all tables; at least 1
 * @param maxBytesPerSecond most bytes handed on in a second, over all tables; at least 1
 * @param windows times of day in which it reads; none means always
 */
public record RunTerms(
        SnapshotKind kind, Optional<Long> maxRowsPerSecond, Optional<Long> maxBytesPerSecond, List<RunWindow> windows) {
    /** An incremental run without limits. */
    public static final RunTerms UNLIMITED =
            new RunTerms(SnapshotKind.INCREMENTAL, Optional.empty(), Optional.empty(), List.of());

    /** A blocking run without limits. */
    public static final RunTerms BLOCKING =
            new RunTerms(SnapshotKind.BLOCKING, Optional.empty(), Optional.empty(), List.of());

    public RunTerms {
        windows = List.copyOf(windows);
        maxRowsPerSecond.ifPresent(RunTerms::atLeastOne);
        maxBytesPerSecond.ifPresent(RunTerms::atLeastOne);
    }

    private static void atLeastOne(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be at least 1, not " + limit);
        }
    }

    /** Returns whether a run may read at a moment. */
    public boolean allow(Instant moment) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.holds(moment));
    }
}
