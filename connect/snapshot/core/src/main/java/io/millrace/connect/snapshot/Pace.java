package io.millrace.connect.snapshot;

import io.millrace.control.RunTerms;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps a run to its rows and bytes per second: two token buckets that hold a tenth of a second at most. What leaves may
 * overdraw them by one batch; then nothing leaves until that is made good, so the average holds. For one thread.
 */
final class Pace {
    private static final double NANOS = 1e9;
    private static final double BURST_SECONDS = 0.1;

    private final Optional<Long> rowsPerSecond;
    private final Optional<Long> bytesPerSecond;
    private final LongSupplier nanoTime;
    private double rows;
    private double bytes;
    private long filledAt;

    /**
     * Makes a pace with full buckets.
     *
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    Pace(RunTerms terms, LongSupplier nanoTime) {
        this.rowsPerSecond = terms.maxRowsPerSecond();
        this.bytesPerSecond = terms.maxBytesPerSecond();
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
        this.rows = burst(rowsPerSecond);
        this.bytes = burst(bytesPerSecond);
    }

    private static double burst(Optional<Long> perSecond) {
        return perSecond.map(limit -> Math.max(1, limit * BURST_SECONDS)).orElse(0.0);
    }

    /** Returns whether something may leave now. */
    boolean isOpen() {
        if (rowsPerSecond.isEmpty() && bytesPerSecond.isEmpty()) {
            return true;
        }
        fill();
        return (rowsPerSecond.isEmpty() || rows > 0) && (bytesPerSecond.isEmpty() || bytes > 0);
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        double seconds = (now - filledAt) / NANOS;
        filledAt = now;
        rowsPerSecond.ifPresent(limit -> rows = Math.min(burst(rowsPerSecond), rows + limit * seconds));
        bytesPerSecond.ifPresent(limit -> bytes = Math.min(burst(bytesPerSecond), bytes + limit * seconds));
    }

    /** So much has left. */
    void spend(long rowsGone, long bytesGone) {
        rows -= rowsGone;
        bytes -= bytesGone;
    }

    /**
     * Returns the most rows that shall wait in one piece: what leaves in {@code seconds}, at least one.
     *
     * @param rowBytes bytes of an average row
     */
    int mostRows(double seconds, double rowBytes, int otherwise) {
        double most = otherwise;
        most = Math.min(most, rowsPerSecond.map(limit -> limit * seconds).orElse(most));
        most = Math.min(most, bytesPerSecond.isPresent() ? bytesPerSecond.get() * seconds / rowBytes : most);
        return (int) Math.max(1, most);
    }
}
