package io.millrace.database;

import java.util.Set;

/**
 * Which transactions a consistent view of a database holds.
 *
 * <p>The stream counts transactions in 32 bits, the view in 64; a number of the stream stands for the nearest one.
 *
 * @param next number of the first transaction that had not begun when the view was taken
 * @param inProgress transactions that had begun and were not over
 */
public record TransactionView(long next, Set<Long> inProgress) {
    private static final long WRAP = 1L << 32;

    public TransactionView {
        inProgress = Set.copyOf(inProgress);
    }

    /** Returns whether the view holds what a committed transaction did. */
    public boolean holds(long streamed) {
        long transaction = nearest(streamed);
        return transaction < next && !inProgress.contains(transaction);
    }

    /** Returns whether a transaction began after the view was taken, and so was committed after all that the view holds. */
    public boolean isBefore(long streamed) {
        return nearest(streamed) >= next;
    }

    private long nearest(long streamed) {
        long candidate = next - Math.floorMod(next, WRAP) + Math.floorMod(streamed, WRAP);
        if (candidate - next > WRAP / 2) {
            return candidate - WRAP;
        }
        return next - candidate > WRAP / 2 ? candidate + WRAP : candidate;
    }
}
