package io.millrace.connect.snapshot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/**
 * The one order in which the task hands changes on and readers open windows, and the lock that makes it one.
 *
 * <p>All state of the engine is guarded by this lock. It is never held while a database or Kafka is spoken to.
 */
final class Timeline {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StreamedTransactions streamed = new StreamedTransactions();
    private final Clock clock;
    private final Runnable onReady;
    private long moment;
    private long position = Long.MIN_VALUE;
    private long signals;

    /**
     * Makes a timeline at its begin.
     *
     * @param onReady called, with the lock held, when rows became ready otherwise than by what the task handed on
     */
    Timeline(Clock clock, Runnable onReady) {
        this.clock = clock;
        this.onReady = onReady;
    }

    /** Returns the time of day, for people and for windows of a run. */
    Instant now() {
        return clock.instant();
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Returns the number that the next change will get. */
    long next() {
        return moment;
    }

    /** Counts a change that is handed on, and returns its number. */
    long advance(OptionalLong transaction) {
        transaction.ifPresent(streamed::add);
        return moment++;
    }

    /** Takes note that everything before a place in the log was handed on. */
    void reach(long place) {
        position = Math.max(position, place);
    }

    /** Returns whether everything before a place in the log was handed on. */
    boolean hasReached(long place) {
        return position >= place;
    }

    /** Returns the transactions that a read must see whose window opens now. */
    long[] streamed() {
        return streamed.toArray();
    }

    /** Takes note of a view that counted. */
    void seenBy(LongPredicate sees) {
        streamed.forgetSeenBy(sees);
    }

    /** Wakes whoever waits for a change of the state. */
    void signal() {
        signals++;
        changed.signalAll();
    }

    /** Tells the task that rows are ready. */
    void ready() {
        onReady.run();
    }

    /** Returns a number that every {@link #signal} changes. */
    long signals() {
        lock.lock();
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there was a signal since {@link #signals} returned {@code seen}, at most so long. */
    void awaitSignalAfter(long seen, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (signals == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
