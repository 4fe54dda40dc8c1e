package io.millrace.connect.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What should run, as the topic of desired states has it: read from the start, kept up to date, in memory.
 *
 * <p>One reader serves all tasks of a connector kind in a worker process; see {@link #shared}. Thread-safe.
 */
final class DesiredStates {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredStates.class);
    private static final TopicPartition PARTITION = new TopicPartition(ControlTopics.DESIRED, 0);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Map<Map<String, Object>, DesiredStates> SHARED = new HashMap<>();

    private final Map<String, DesiredSnapshot> bySource = new ConcurrentHashMap<>();
    private final Map<String, Runnable> watchers = new ConcurrentHashMap<>();
    private final Map<String, Object> client;
    private final ExecutorService thread;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Object progress = new Object();
    private int users;
    private long readUpTo;
    private Optional<RuntimeException> failure = Optional.empty();
    private volatile boolean closed;

    private DesiredStates(Map<String, Object> client, ExecutorService thread) {
        this.client = client;
        this.thread = thread;
        this.consumer = consumer();
        thread.execute(this::read);
    }

    /**
     * Returns the reader of a Kafka cluster, started when it is the first use; every use ends with {@link #leave}.
     *
     * @param client properties of a Kafka client that reach the cluster
     */
    static DesiredStates shared(Map<String, Object> client) {
        synchronized (SHARED) {
            DesiredStates states = SHARED.computeIfAbsent(
                    client, key -> new DesiredStates(key, SnapshotThreads.single("millrace-desired-states")));
            states.users++;
            return states;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void read() {
        try (consumer) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            while (!closed) {
                consumer.poll(POLL).forEach(this::take);
                reached(consumer.position(PARTITION));
            }
        } catch (WakeupException e) {
            LOG.debug("The reader of desired states ends", e);
        } catch (RuntimeException e) {
            LOG.error("Desired states of snapshots can no longer be read", e);
            fail(e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> entry) {
        String source = new String(entry.key(), StandardCharsets.UTF_8);
        if (entry.value() == null) {
            bySource.remove(source);
        } else {
            bySource.put(source, ControlJson.read(entry.value(), DesiredSnapshot.class));
        }
        Optional.ofNullable(watchers.get(source)).ifPresent(Runnable::run);
    }

    private void reached(long position) {
        synchronized (progress) {
            readUpTo = position;
            progress.notifyAll();
        }
    }

    private void fail(RuntimeException reason) {
        synchronized (SHARED) {
            SHARED.remove(client, this);
        }
        synchronized (progress) {
            failure = Optional.of(reason);
            progress.notifyAll();
        }
    }

    /** Returns what should run for a source, as far as the topic was read. */
    Optional<DesiredSnapshot> of(String sourceId) {
        return Optional.ofNullable(bySource.get(sourceId));
    }

    /**
     * Waits until everything is read that stands in the topic now, so that no wish is overlooked that was written
     * before.
     *
     * @throws IllegalStateException when that takes longer than {@code atMost}, or the topic cannot be read
     */
    void awaitCurrent(Duration atMost) throws InterruptedException {
        long end;
        try (KafkaConsumer<byte[], byte[]> asking = consumer()) {
            end = asking.endOffsets(List.of(PARTITION), atMost).get(PARTITION);
        } catch (KafkaException e) {
            throw new IllegalStateException("Topic " + ControlTopics.DESIRED + " cannot be read: " + e.getMessage(), e);
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (progress) {
            while (readUpTo < end) {
                long left = deadline - System.nanoTime();
                if (failure.isPresent() || left <= 0) {
                    throw new IllegalStateException(
                            "Topic " + ControlTopics.DESIRED + " was read up to " + readUpTo + " of " + end + " only",
                            failure.orElse(null));
                }
                progress.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    /** Calls {@code watcher} after every change for a source, until the user {@linkplain #leave leaves}. */
    void onChange(String sourceId, Runnable watcher) {
        watchers.put(sourceId, watcher);
    }

    /** Ends one use, and its watching; the reader ends with the last use. */
    void leave(String sourceId, Runnable watcher) {
        watchers.remove(sourceId, watcher);
        synchronized (SHARED) {
            users--;
            if (users > 0) {
                return;
            }
            SHARED.remove(client, this);
        }
        closed = true;
        consumer.wakeup();
        thread.shutdown();
    }
}
