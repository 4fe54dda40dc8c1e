package io.millrace.connect.snapshot;

/** How much may leave with one call of the task's {@code poll}; for one thread. */
final class Allowance {
    private final Pace pace;
    private long rows;
    private long bytes;

    Allowance(Pace pace, long rows, long bytes) {
        this.pace = pace;
        this.rows = rows;
        this.bytes = bytes;
    }

    /** Returns whether another batch may leave. */
    boolean isLeft() {
        return rows > 0 && bytes > 0 && pace.isOpen();
    }

    /** A batch leaves. */
    void spend(long rowsGone, long bytesGone) {
        rows -= rowsGone;
        bytes -= bytesGone;
        pace.spend(rowsGone, bytesGone);
    }
}
