package io.millrace.bench;

import java.util.Arrays;

/** Times of calls of one kind. */
public final class Latencies {
    private final long[] nanos;

    /** @param nanos one time for each call, in nanoseconds; at least one */
    public Latencies(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no call was measured");
        }
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    /**
     * Returns the smallest measured time, in milliseconds, that {@code percent} of the calls did not exceed (nearest
     * rank).
     */
    public double percentileMillis(double percent) {
        int rank = (int) Math.ceil(percent / 100 * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }
}
