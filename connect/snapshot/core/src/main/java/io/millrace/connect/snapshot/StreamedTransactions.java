package io.millrace.connect.snapshot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;

/**
 * Transactions that the stream has brought and that no read is known to have seen.
 *
 * <p>A commit is in the database's log before other sessions see it: for microseconds as a rule, for as long as it takes
 * while a synchronous standby does not answer. A chunk that is read in between has the older row, and would put it
 * behind the newer one (S2). So a view counts only when it {@linkplain #allSeenBy sees} every transaction that was
 * streamed before the window opened; those streamed later are covered by their keys.
 *
 * <p>A transaction that one view has seen, every later view sees, so it is forgotten then. While no run is active the
 * newest {@value #MOST} are kept. For one thread at a time; the caller locks.
 */
final class StreamedTransactions {
    private static final int MOST = 65_536;

    private final Deque<Long> unseen = new ArrayDeque<>();
    private long newest = -1;

    /** Notes a transaction of which a change was handed on. */
    void add(long transaction) {
        if (transaction == newest) {
            return;
        }
        newest = transaction;
        unseen.addLast(transaction);
        if (unseen.size() > MOST) {
            unseen.removeFirst();
        }
    }

    /** Returns the transactions noted until now. */
    long[] toArray() {
        return unseen.stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns whether a view sees all of {@code streamed}. */
    static boolean allSeenBy(LongPredicate sees, long[] streamed) {
        for (long transaction : streamed) {
            if (!sees.test(transaction)) {
                return false;
            }
        }
        return true;
    }

    /** Forgets those that a view has seen; later views see them too. */
    void forgetSeenBy(LongPredicate sees) {
        unseen.removeIf(sees::test);
    }
}
