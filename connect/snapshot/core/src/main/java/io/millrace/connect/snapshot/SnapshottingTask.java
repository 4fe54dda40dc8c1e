package io.millrace.connect.snapshot;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * A streaming task with a snapshot engine around it. A connector's own task class adds nothing but the two constructor
 * arguments.
 *
 * <p>The streaming task is untouched: it gets the same context, finds its own offsets and none of the engine's, and
 * does not know that rows are put into what it returns.
 */
public abstract class SnapshottingTask extends SourceTask {
    private static final Duration DESIRED_STATE_TIMEOUT = Duration.ofSeconds(30);

    /** A task that was not polled for so long was paused; what should run may have changed meanwhile. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(2);

    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    /** A record may be acknowledged while offsets are written that do not have it; those of the next time do. */
    private static final int COMMITS_AFTER_A_RECORD = 2;

    /** Longest time between two looks at what should run, its announcements and its times. */
    private static final Duration IDLE_POLL = Duration.ofMillis(100);

    /** The same while a confirmation waits for an acknowledgement. */
    private static final Duration EAGER_POLL = Duration.ofMillis(2);

    /** Longest time that rows wait for more of their kind. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final SourceTask streaming;
    private final StreamBell bell = StreamBell.hang();
    private final StreamFeed feed;
    private final Runnable wakeUp;
    private final DatabaseFactory databases;
    private final ExecutorService threads = SnapshotThreads.asNeeded("millrace-snapshot-reader");
    private Optional<SnapshotEngine> engine = Optional.empty();
    private Optional<StreamWatch> watch = Optional.empty();
    private Optional<DesiredStates> desired = Optional.empty();
    private String sourceId = "";
    private long lastPoll;
    private long lastCommit;
    private final AtomicInteger commitsToPassOn = new AtomicInteger();

    /** Makes the database side of the engine from a task's configuration. */
    @FunctionalInterface
    public interface DatabaseFactory {
        /** Returns the database that {@code config} describes; connects to nothing yet. */
        SnapshotDatabase create(Map<String, String> config);
    }

    protected SnapshottingTask(SourceTask streaming, DatabaseFactory databases) {
        this.streaming = streaming;
        this.feed = new StreamFeed(streaming, bell);
        this.wakeUp = feed::wakeUp;
        this.databases = databases;
    }

    @Override
    public final String version() {
        return streaming.version();
    }

    /** Starts streaming; the snapshot goes on with the first {@link #poll} from where the offsets say. */
    @Override
    public void start(Map<String, String> config) {
        SnapshotSettings settings = SnapshotSettings.of(config);
        sourceId = settings.sourceId();
        SnapshotDatabase database = databases.create(config);
        checkReachable(database);
        desired = Optional.of(DesiredStates.shared(settings.controlClient()));
        desired.orElseThrow().onChange(sourceId, wakeUp);
        engine = Optional.of(SnapshotEngine.create(
                settings,
                database,
                topic -> context.offsetStorageReader().offset(SnapshotRecords.partition(topic)),
                threads,
                Clock.systemUTC(),
                wakeUp));
        streaming.initialize(context);
        streaming.start(bell.in(config));
        feed.start();
        watch = Optional.of(new StreamWatch(database, feed));
        watch.orElseThrow().start();
        awaitDesiredState();
    }

    private void checkReachable(SnapshotDatabase database) {
        try {
            database.checkReachable();
        } catch (SQLException e) {
            throw new ConnectException("The database of source " + sourceId + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns what is due of the snapshot's progress, or what the stream brought with snapshot rows put in; null when
     * there is nothing, as Connect has it.
     */
    @Override
    public final @Nullable List<SourceRecord> poll() throws InterruptedException {
        if (System.nanoTime() - lastPoll > LONG_SILENCE.toNanos()) {
            awaitDesiredState();
        }
        SnapshotEngine running = engine.orElseThrow();
        desired.orElseThrow().of(sourceId).ifPresent(running::apply);
        List<SourceRecord> due = running.announcements();
        if (due.isEmpty()) {
            due = gathered(running);
        }
        lastPoll = System.nanoTime();
        return due.isEmpty() ? null : due;
    }

    /**
     * Returns what the stream brings, with snapshot rows behind it. Rows alone wait a little for more of their kind: an
     * exactly-once worker makes each list a transaction, which costs as much for a few rows as for many.
     */
    private List<SourceRecord> gathered(SnapshotEngine running) throws InterruptedException {
        long until = System.nanoTime() + GATHERING.toNanos();
        List<SourceRecord> out = running.process(streamed(running, patience(running)));
        long left = until - System.nanoTime();
        while (out.isEmpty() && left > 0 && running.supply() == Supply.SOME) {
            out = running.process(streamed(running, Duration.ofNanos(left)));
            left = until - System.nanoTime();
        }
        out.addAll(running.handOver());
        return out;
    }

    private static Duration patience(SnapshotEngine running) {
        return switch (running.supply()) {
            case PLENTY -> Duration.ZERO;
            case SOME -> GATHERING;
            case NOTHING -> running.isAnnouncing() ? EAGER_POLL : IDLE_POLL;
        };
    }

    /** Takes from the stream, waiting at most so long for something to come; nothing while a blocking run holds it. */
    private List<SourceRecord> streamed(SnapshotEngine running, Duration atMost) throws InterruptedException {
        if (running.isHeld()) {
            running.await(atMost.compareTo(EAGER_POLL) < 0 ? atMost : EAGER_POLL);
            return List.of();
        }
        return feed.next(atMost);
    }

    private void awaitDesiredState() {
        try {
            desired.orElseThrow().awaitCurrent(DESIRED_STATE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            throw new ConnectException(
                    "Source " + sourceId + " cannot tell which snapshot should run: " + e.getMessage(), e);
        }
        lastPoll = System.nanoTime();
    }

    /** Takes note of an acknowledgement, or passes it on. */
    @Override
    public final void commitRecord(SourceRecord acknowledged, RecordMetadata metadata) throws InterruptedException {
        if (!SnapshotEngine.acknowledge(acknowledged)) {
            streaming.commitRecord(acknowledged, metadata);
            commitsToPassOn.set(COMMITS_AFTER_A_RECORD);
        }
    }

    /**
     * Passes the notice on that offsets were committed, once a second at most, when something of the stream was. An
     * exactly-once worker gives it after every poll, also when there was nothing, and a streaming task reads its offsets
     * back from Kafka each time.
     */
    @Override
    public final void commit() throws InterruptedException {
        if (commitsToPassOn.get() > 0 && System.nanoTime() - lastCommit >= COMMIT_INTERVAL.toNanos()) {
            commitsToPassOn.decrementAndGet();
            lastCommit = System.nanoTime();
            streaming.commit();
        }
    }

    /** Ends readers and streaming; may be called at any moment, also when {@link #start} failed. */
    @Override
    public final void stop() {
        engine.ifPresent(SnapshotEngine::close);
        desired.ifPresent(states -> states.leave(sourceId, wakeUp));
        desired = Optional.empty();
        watch.ifPresent(StreamWatch::stop);
        feed.stop();
        streaming.stop();
        threads.shutdown();
    }
}
