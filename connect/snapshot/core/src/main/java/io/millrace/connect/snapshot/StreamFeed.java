package io.millrace.connect.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * What a streaming task brings, polled on a thread of its own: a streaming task's {@code poll} waits out its interval,
 * and meanwhile snapshot rows could leave. What comes while the task is busy is taken in one piece.
 */
final class StreamFeed {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    /** Longest time between two polls: a streaming task that has failed tells it in no other way. */
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(250);

    /** Time in which nothing is polled while what was polled last is not taken: many small polls cost more than few. */
    private static final Duration GATHERING = Duration.ofMillis(5);

    /** Records of a list from which on the stream counts as busy: its next list is worth waiting for. */
    private static final int BUSY = 256;

    /** Longest wait for a list of a busy stream to grow: an exactly-once worker makes a transaction of each. */
    private static final Duration GROWING = Duration.ofMillis(30);

    /**
     * Records that wait to be taken before the stream has to wait, and that are a list which need not grow. A stop waits
     * for the list before it to be sent.
     */
    private static final int MOST_WAITING = 4_096;

    private final SourceTask streaming;
    private final StreamBell bell;
    private final ExecutorService thread = SnapshotThreads.single("millrace-stream-feed");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private List<SourceRecord> waiting = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean woken;
    private boolean busy;
    private final AtomicLong arrived = new AtomicLong();
    private volatile boolean stopped;

    /**
     * Makes a feed that does not poll yet.
     *
     * @param bell rings while there is something to poll
     */
    StreamFeed(SourceTask streaming, StreamBell bell) {
        this.streaming = streaming;
        this.bell = bell;
    }

    /** Begins to poll. */
    void start() {
        thread.execute(this::poll);
    }

    private void poll() {
        try {
            while (!stopped) {
                bell.await(LONGEST_SILENCE);
                List<SourceRecord> records = streaming.poll();
                if (records != null && !records.isEmpty()) {
                    arrived.incrementAndGet();
                    deliver(records);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void deliver(List<SourceRecord> records) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.size() >= MOST_WAITING) {
                taken.await();
            }
            waiting.addAll(records);
            changed.signalAll();
            long left = GATHERING.toNanos();
            while (!waiting.isEmpty() && left > 0) {
                left = taken.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many lists have come so far. */
    long arrived() {
        return arrived.get();
    }

    /** Lets {@link #next} throw a failure, once all that has come is taken. */
    void fail(RuntimeException reason) {
        lock.lock();
        try {
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait of {@link #next} early. */
    void wakeUp() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns what has come, waiting for it at most so long; empty when nothing came. What a busy stream brought waits
     * for more of its kind, unless nothing is to be waited for.
     *
     * <p>A lost connection is thrown as a failure of the task, instead of the streaming task hiding it behind retries of
     * its own: a failed task has a reason that can be seen, and is started again.
     */
    List<SourceRecord> next(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && failure == null && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            left = busy && !waiting.isEmpty() && !atMost.isZero() ? GROWING.toNanos() : 0;
            while (waiting.size() < MOST_WAITING && failure == null && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            busy = waiting.size() >= BUSY;
            if (waiting.isEmpty()) {
                throwFailure();
                return List.of();
            }
            List<SourceRecord> records = waiting;
            waiting = new ArrayList<>();
            taken.signalAll();
            return records;
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure instanceof RetriableException lost) {
            throw new ConnectException(lost.getMessage(), lost);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends the polling; what was polled and not taken is given up, and streamed again after the next start. */
    void stop() {
        stopped = true;
        thread.shutdownNow();
        bell.close();
        try {
            boolean ignored = thread.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
