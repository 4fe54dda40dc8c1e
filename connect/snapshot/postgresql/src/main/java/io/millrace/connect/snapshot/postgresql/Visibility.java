package io.millrace.connect.snapshot.postgresql;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Which transactions a view of the database holds, from the text of {@code pg_current_snapshot()}: {@code
 * xmin:xmax:xip,...}. Every transaction below xmax has ended before the view was taken, except those listed.
 *
 * <p>The stream counts transactions in 32 bits, the snapshot in 64; a number of the stream stands for the nearest one.
 */
record Visibility(long xmax, Set<Long> inProgress) implements LongPredicate {
    private static final long WRAP = 1L << 32;

    static Visibility parse(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        Set<Long> inProgress = new HashSet<>();
        if (!parts[2].isEmpty()) {
            for (String transaction : parts[2].split(",", -1)) {
                inProgress.add(Long.parseLong(transaction));
            }
        }
        return new Visibility(Long.parseLong(parts[1]), inProgress);
    }

    @Override
    public boolean test(long streamed) {
        long transaction = nearest(streamed);
        return transaction < xmax && !inProgress.contains(transaction);
    }

    /** Returns whether one of these transactions, by their full numbers, is still in progress. */
    boolean lacksAnyOf(Set<Long> transactions) {
        return transactions.stream().anyMatch(inProgress::contains);
    }

    private long nearest(long streamed) {
        long candidate = xmax - Math.floorMod(xmax, WRAP) + Math.floorMod(streamed, WRAP);
        if (candidate - xmax > WRAP / 2) {
            return candidate - WRAP;
        }
        return xmax - candidate > WRAP / 2 ? candidate + WRAP : candidate;
    }
}
