package io.millrace.connect.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * What a streaming task brings, polled on a thread of its own and one list ahead: a streaming task's {@code poll} waits
 * out its interval, and meanwhile snapshot rows could leave.
 */
final class StreamFeed {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    /** Records, the failure that ended the polling, or nothing but a wake-up. */
    private record Delivery(List<SourceRecord> records, @Nullable RuntimeException failure) {
        static final Delivery WAKE_UP = new Delivery(List.of(), null);
    }

    private final SourceTask streaming;
    private final ExecutorService thread = SnapshotThreads.single("millrace-stream-feed");
    private final BlockingQueue<Delivery> deliveries = new ArrayBlockingQueue<>(2);
    private volatile boolean stopped;

    StreamFeed(SourceTask streaming) {
        this.streaming = streaming;
    }

    /** Begins to poll. */
    void start() {
        thread.execute(this::poll);
    }

    private void poll() {
        try {
            while (!stopped) {
                List<SourceRecord> records = streaming.poll();
                if (records != null && !records.isEmpty()) {
                    deliveries.put(new Delivery(records, null));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void end(RuntimeException failure) {
        try {
            deliveries.put(new Delivery(List.of(), failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a wait of {@link #next} early. */
    void wakeUp() {
        boolean ignored = deliveries.offer(Delivery.WAKE_UP); // a full queue ends a wait too
    }

    /**
     * Returns the next list, waiting for it at most so long; empty when none came.
     *
     * <p>A lost connection is thrown as a failure of the task, instead of the streaming task hiding it behind retries of
     * its own: a failed task has a reason that can be seen, and is started again.
     */
    List<SourceRecord> next(Duration atMost) throws InterruptedException {
        Delivery delivery = deliveries.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (delivery == null) {
            return List.of();
        }
        if (delivery.failure() instanceof RetriableException failure) {
            throw new ConnectException(failure.getMessage(), failure);
        }
        if (delivery.failure() != null) {
            throw delivery.failure();
        }
        return delivery.records();
    }

    /** Ends the polling; what was polled and not taken is given up, and streamed again after the next start. */
    void stop() {
        stopped = true;
        thread.shutdownNow();
        try {
            boolean ignored = thread.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
