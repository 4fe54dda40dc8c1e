package io.millrace.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what should run from the store to the control topic: an outbox. The store is committed first, so a wish that was
 * acknowledged is published after a crash too; here at the start of the next process.
 *
 * <p>The document of a source is never queued. It is read from the store just before it is sent, and sent again when the
 * store has moved on meanwhile, so that the newest one is the last in the topic, also when several servers publish.
 */
public final class DesiredSnapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredSnapshots.class);
    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SnapshotRepository repository;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Executor thread;
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

    /**
     * Makes a writer.
     *
     * @param producers makes the producer, which waits for all replicas, when it is first needed
     * @param thread a single thread: documents of one source must not overtake each other
     */
    public DesiredSnapshots(
            SnapshotRepository repository, Supplier<Producer<byte[], byte[]>> producers, Executor thread) {
        this.repository = repository;
        this.producers = producers;
        this.thread = thread;
    }

    /**
     * Publishes what should run for a source. The future is done when the topic holds what the store held at the time of
     * the call, or something newer; it fails when Kafka does not take it, and then it is tried again by and by.
     */
    CompletableFuture<Void> publish(String sourceId) {
        return CompletableFuture.runAsync(() -> publishNow(sourceId, false), thread)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "What should run for source {} is not published yet: {}",
                                sourceId,
                                String.valueOf(failure.getMessage()));
                        againLater();
                    }
                });
    }

    /** As {@link #publish}, for callers who need not know when. */
    void publishSoon(String sourceId) {
        publish(sourceId).exceptionally(failure -> null);
    }

    /** Publishes whatever a process that died may have left unpublished. Called once, at the start. */
    public void publishOutstanding() {
        thread.execute(() -> publishAll(true));
    }

    private void againLater() {
        CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, thread)
                .execute(() -> publishAll(false));
    }

    private void publishAll(boolean alsoPublished) {
        try {
            repository.outstanding().forEach(source -> publishNow(source, alsoPublished));
        } catch (RuntimeException e) {
            LOG.warn("What should run is not published yet: {}", String.valueOf(e.getMessage()));
            againLater();
        }
    }

    private void publishNow(String sourceId, boolean alsoPublished) {
        boolean due = alsoPublished;
        while (true) {
            SnapshotRepository.Desired desired = repository
                    .desired(sourceId)
                    .orElseThrow(() -> new IllegalStateException("nothing was ever wanted of source " + sourceId));
            if (desired.isPublished() && !due) {
                return;
            }
            send(desired.document());
            repository.published(sourceId, desired.document().revision());
            due = false;
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (producer.isEmpty()) {
            producer = Optional.of(producers.get());
        }
        return producer.get();
    }

    @Override
    public void close() {
        thread.execute(() -> producer.ifPresent(made -> made.close(CLOSING)));
    }

    private void send(DesiredSnapshot document) {
        try {
            producer()
                    .send(new ProducerRecord<>(
                            ControlTopics.DESIRED,
                            0,
                            document.sourceId().getBytes(StandardCharsets.UTF_8),
                            ControlJson.write(document)))
                    .get(ACKNOWLEDGED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not take the document: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server is stopping", e);
        }
    }
}
