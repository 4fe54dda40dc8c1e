package io.millrace.connect.sinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A sink task that is driven as a worker drives it: what could not be taken is offered again, in the same batch. */
public final class DrivenTask implements AutoCloseable {
    /** A worker waits as long as it is asked to; a test does not. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    private final SinkTask task;
    private final Context context = new Context();
    private final Map<TopicPartition, OffsetAndMetadata> handedOver = new HashMap<>();
    private final List<Refused> deadLetters = new ArrayList<>();
    private int retries;

    /** Starts a task. */
    public DrivenTask(SinkTask task, Map<String, String> settings) {
        this.task = task;
        task.initialize(context);
        task.start(settings);
    }

    /** A record in the dead letter topic. */
    public record Refused(SinkRecord record, String reason) {}

    /** Hands records over until they are taken; fails as the task does. */
    public void put(SinkRecord... records) {
        put(List.of(records));
    }

    /** Hands records over until they are taken; fails as the task does. */
    public void put(Collection<SinkRecord> records) {
        while (!offer(records)) {
            retries++;
            pause(context.takeTimeout());
        }
    }

    /** Hands records over once; returns whether they were taken. */
    public boolean offer(Collection<SinkRecord> records) {
        try {
            task.put(records);
        } catch (RetriableException e) {
            return false;
        }
        for (SinkRecord record : records) {
            handedOver.put(
                    new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                    new OffsetAndMetadata(record.originalKafkaOffset() + 1));
        }
        return true;
    }

    /** Returns the positions that are committed now, by topic and partition. */
    public Map<String, Long> commit() {
        Map<String, Long> committed = new HashMap<>();
        task.preCommit(handedOver)
                .forEach((partition, position) -> committed.put(partition.toString(), position.offset()));
        return committed;
    }

    /** Takes partitions away, as a rebalance does. */
    public void revoke(String topic, int partition) {
        task.close(List.of(new TopicPartition(topic, partition)));
    }

    /** Returns what went to the dead letter topic. */
    public List<Refused> deadLetters() {
        return deadLetters;
    }

    /** Returns how often a batch had to be offered again. */
    public int retries() {
        return retries;
    }

    @Override
    public void close() {
        task.stop();
    }

    private static void pause(long millis) {
        try {
            boolean nothingHappens = new CountDownLatch(1)
                    .await(Math.min(Math.max(millis, 1), LONGEST_WAIT.toMillis()), TimeUnit.MILLISECONDS);
            assert !nothingHappens;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private final class Context implements SinkTaskContext {
        private long timeout;

        long takeTimeout() {
            long asked = timeout;
            timeout = 0;
            return asked;
        }

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return this::report;
        }

        private Future<Void> report(SinkRecord record, Throwable reason) {
            deadLetters.add(new Refused(record, String.valueOf(reason.getMessage())));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void timeout(long millis) {
            timeout = millis;
        }

        @Override
        public Map<String, String> configs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of();
        }

        @Override
        public void pause(TopicPartition... partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume(TopicPartition... partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requestCommit() {}

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }
    }
}
