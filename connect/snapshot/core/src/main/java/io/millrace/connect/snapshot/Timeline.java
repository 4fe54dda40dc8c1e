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
    private long moment;

    Timeline(Clock clock) {
        this.clock = clock;
    }

    /** Returns the time of day, for people. */
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
        changed.signalAll();
    }

    /** Waits for {@link #signal}, with the lock given up meanwhile. */
    @SuppressWarnings("WaitNotInLoop") // the callers look again in loops of their own
    void await() throws InterruptedException {
        changed.await();
    }

    /** Waits for {@link #signal}, at most so long. */
    @SuppressWarnings("WaitNotInLoop") // likewise
    void await(Duration atMost) throws InterruptedException {
        long ignored = changed.awaitNanos(atMost.toNanos());
    }
}
