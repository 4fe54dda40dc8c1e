package io.millrace.snapshot;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Tells those who wait that runs have changed in the store. Thread-safe. */
public final class Changes {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long count;

    /** Wakes all who wait. */
    void happened() {
        lock.lock();
        try {
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a condition holds, looking at it now and after each change.
     *
     * @return whether it held before the time was up
     */
    boolean await(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = seen();
            if (condition.getAsBoolean()) {
                return true;
            }
            if (!awaitNext(seen, end - System.nanoTime())) {
                return condition.getAsBoolean();
            }
        }
    }

    private long seen() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitNext(long seen, long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (count == seen) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
