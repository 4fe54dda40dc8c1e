package io.millrace.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.TopicProgress;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what tasks report and brings it into the store.
 *
 * <p>At the start it reads the compacted topic from its beginning: reports apply idempotently, so nothing has to be
 * remembered of how far the last process came. Reports are gathered, the newest of each topic only, and written at most
 * twice a second, at once when a state has changed.
 */
public final class ProgressReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressReader.class);
    private static final TopicPartition PARTITION = new TopicPartition(ControlTopics.PROGRESS, 0);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration GATHER = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Reports reports;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Changes closing = new Changes();
    private volatile boolean closed;

    /**
     * Makes a reader and starts it.
     *
     * @param consumers makes consumers that read committed records only
     * @param thread runs the reader until it is closed
     */
    public ProgressReader(Reports reports, Supplier<Consumer<byte[], byte[]>> consumers, Executor thread) {
        this.reports = reports;
        this.consumers = consumers;
        thread.execute(this::run);
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                consumer.assign(List.of(PARTITION));
                consumer.seekToBeginning(List.of(PARTITION));
                follow(consumer);
            } catch (KafkaException | IllegalStateException e) {
                LOG.warn("Progress of snapshots cannot be read at present: {}", String.valueOf(e.getMessage()));
                closing.await(() -> closed, AFTER_FAILURE);
            } catch (RuntimeException e) {
                LOG.error("Progress of snapshots could not be kept; it is read again", e);
                closing.await(() -> closed, AFTER_FAILURE);
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        Map<String, TopicProgress> gathered = new HashMap<>();
        long written = System.nanoTime();
        while (!closed) {
            boolean urgent = false;
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                urgent |= gather(entry, gathered);
            }
            if (!gathered.isEmpty() && (urgent || System.nanoTime() - written >= GATHER.toNanos())) {
                reports.apply(gathered.values());
                gathered.clear();
                written = System.nanoTime();
            }
        }
    }

    /** Takes a record; returns whether it changes the state that its topic was in. */
    private boolean gather(ConsumerRecord<byte[], byte[]> entry, Map<String, TopicProgress> gathered) {
        if (entry.value() == null) {
            return false;
        }
        try {
            TopicProgress report = ControlJson.read(entry.value(), TopicProgress.class);
            gathered.put(report.key(), report);
            return reports.changesState(report);
        } catch (UncheckedIOException e) {
            LOG.error("Record {} of topic {} is no report of progress", entry.offset(), entry.topic(), e);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.happened();
    }
}
