package io.millrace.bench.snapshot;

import io.millrace.demo.DemoFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Notes when a topic of one partition could be read committed up to which offset, by asking every few milliseconds. Times
 * are those of {@link System#nanoTime}, late by one step at most while the broker answers at once.
 */
final class Arrivals implements AutoCloseable {
    /** Step where a moment counts. */
    static final Duration STEP = Duration.ofMillis(4);

    /** Step of what takes many seconds: asking costs processor time, of which a race wants all. */
    private static final Duration LONG_STEP = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long costFrom;
    private final LongSupplier cost;
    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> watching;

    private record Sample(long nanos, long end, long cost) {}

    /**
     * Begins to watch something long.
     *
     * @param costFrom offset from which on each note has the processor time so far with it
     * @param cost reads that, in nanoseconds
     */
    Arrivals(Map<String, Object> client, String topic, long costFrom, LongSupplier cost) {
        this(client, topic, costFrom, cost, LONG_STEP);
    }

    private Arrivals(Map<String, Object> client, String topic, long costFrom, LongSupplier cost, Duration step) {
        this.consumer = CommittedTopic.consumer(client, "read_committed");
        this.partition = new TopicPartition(topic, 0);
        this.costFrom = costFrom;
        this.cost = cost;
        look();
        this.watching = clock.scheduleWithFixedDelay(this::look, 0, step.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins to watch without a look at the cost. */
    Arrivals(Map<String, Object> client, String topic) {
        this(client, topic, Long.MAX_VALUE, () -> 0, STEP);
    }

    private void look() {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long now = System.nanoTime();
        synchronized (samples) {
            if (samples.isEmpty() || samples.get(samples.size() - 1).end < end) {
                samples.add(new Sample(now, end, end >= costFrom ? cost.getAsLong() : 0));
                samples.notifyAll();
            }
        }
    }

    /** Returns the offset up to which the topic can be read now. */
    long end() {
        synchronized (samples) {
            return samples.get(samples.size() - 1).end;
        }
    }

    /** Waits until the topic can be read up to an offset. */
    void await(long end, Duration atMost) {
        require(until(() -> end() >= end, atMost), "offset " + end, atMost);
    }

    /** Waits until nothing has come for a while. */
    void awaitQuiet(Duration quiet, Duration atMost) {
        require(until(() -> System.nanoTime() - lastNanos() >= quiet.toNanos(), atMost), "quiet", atMost);
    }

    /** Waits a little for the topic to be readable beyond an offset; returns whether it is. */
    boolean comesBeyond(long end, Duration atMost) {
        return until(() -> end() > end, atMost);
    }

    private boolean until(BooleanSupplier reached, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (samples) {
            while (!reached.getAsBoolean()) {
                if (watching.isDone()) {
                    throw new DemoFailure("topic " + partition.topic() + " can no longer be asked for its end");
                }
                if (System.nanoTime() > deadline) {
                    return false;
                }
                try {
                    samples.wait(STEP.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new DemoFailure("interrupted", e);
                }
            }
            return true;
        }
    }

    private void require(boolean reached, String what, Duration within) {
        if (!reached) {
            throw new DemoFailure("topic " + partition.topic() + " did not come to " + what + " within "
                    + within.toSeconds() + " s; it stands at offset " + end());
        }
    }

    /** Returns when the newest record could be read. */
    long lastNanos() {
        synchronized (samples) {
            return samples.get(samples.size() - 1).nanos;
        }
    }

    /** Returns when the record at an offset could be read. */
    long nanosOf(long offset) {
        return passing(offset).nanos;
    }

    /** Returns the processor time up to the moment when the record at an offset could be read. */
    long costUntil(long offset) {
        return passing(offset).cost;
    }

    private Sample passing(long offset) {
        synchronized (samples) {
            return samples.stream()
                    .filter(sample -> sample.end > offset)
                    .findFirst()
                    .orElseThrow(() -> new DemoFailure(
                            "offset " + offset + " of topic " + partition.topic() + " cannot be read yet"));
        }
    }

    /** Ends the watch; what was noted stays. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
