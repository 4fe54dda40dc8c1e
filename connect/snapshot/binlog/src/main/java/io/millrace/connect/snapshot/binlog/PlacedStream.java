package io.millrace.connect.snapshot.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.connector.common.BaseSourceTask;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.millrace.connect.snapshot.StreamBell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's task, which also tells how far it has come: a list may end with a record that says where in the log the
 * stream is behind it. {@link StreamedRecords} knows those, and they go no further.
 *
 * <p>The place is taken before Debezium's queue is asked, and counts when the queue was emptied: then everything before
 * it is in this list or an earlier one.
 *
 * <p>Polling is worth while ({@link StreamBell}) after each event that was dealt with, and as long as something comes.
 *
 * <p>It also notices a log that has gone silent. The server is asked to send signs of life, and Debezium is told not to
 * connect anew by itself when they fail to come: it would do so too when the task is not polled for a while, and
 * begin in the middle of a transaction again (S2).
 */
public final class PlacedStream extends SourceTask {
    static final String PLACES = "millrace.place";

    private static final Map<String, String> STREAMING = Map.of(
            "connect.keep.alive", "false",
            "connect.keep.alive.interval.ms", "1250",
            "binlog.buffer.size", "0");

    /** The server sends signs of life at four fifths of the interval above. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration BEGINNING = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final BaseSourceTask<?, ?> streaming;
    private final StreamingInternals internals;
    private volatile Optional<HandledEvents> events = Optional.empty();
    private final Object ringing = new Object();
    private volatile Consumer<Boolean> bell = something -> {};
    private volatile boolean lost;
    private int mostAtOnce = Integer.MAX_VALUE;
    private long told = HandledEvents.NOWHERE;
    private long busyAt = System.nanoTime();

    /** Makes a stream around a task that was not started. */
    public PlacedStream(BaseSourceTask<?, ?> streaming) {
        this.streaming = streaming;
        this.internals = new StreamingInternals(streaming);
    }

    /** Adds to a configuration what this class needs of Debezium. */
    public static void configure(Map<String, String> config) {
        config.putAll(STREAMING);
        config.putIfAbsent("skipped.operations", "none");
    }

    @Override
    public String version() {
        return streaming.version();
    }

    @Override
    public void initialize(SourceTaskContext taskContext) {
        super.initialize(taskContext);
        streaming.initialize(taskContext);
    }

    /**
     * Returns when Debezium has settled from which place on it reads, so that whoever sees the task run can rely on what is
     * written afterwards; or after {@link #BEGINNING}, where a large schema takes longer.
     */
    @Override
    public void start(Map<String, String> config) {
        mostAtOnce = Integer.parseInt(config.getOrDefault("max.batch.size", "2048"));
        bell = StreamBell.of(config);
        streaming.start(config);
        long end = System.nanoTime() + BEGINNING.toNanos();
        while (events.isEmpty()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            listen();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        listen();
        ring(false); // first: what comes from here on rings again
        long end = events.map(HandledEvents::end).orElse(HandledEvents.NOWHERE);
        List<SourceRecord> records = streaming.poll();
        boolean none = records == null || records.isEmpty();
        if (none) {
            checkAlive();
        } else {
            busyAt = System.nanoTime();
            ring(true); // an event of many rows is not dealt with before they are all in the queue
        }
        if (end == told || (!none && records.size() >= mostAtOnce)) {
            return records;
        }
        told = end;
        List<SourceRecord> placed = none ? new ArrayList<>() : new ArrayList<>(records);
        placed.add(place(end));
        return placed;
    }

    private void listen() {
        if (events.isEmpty()) {
            internals.client().ifPresent(client -> {
                HandledEvents listener = new HandledEvents(client, () -> ring(true));
                client.registerEventListener(listener);
                client.registerLifecycleListener(new BinaryLogClient.AbstractLifecycleListener() {
                    @Override
                    public void onDisconnect(BinaryLogClient disconnected) {
                        lost = true;
                        ring(true);
                    }
                });
                events = Optional.of(listener);
            });
        }
    }

    private void ring(boolean something) {
        synchronized (ringing) {
            bell.accept(something);
        }
    }

    /** Called when nothing is left of what came before. */
    private void checkAlive() {
        if (lost) {
            throw new ConnectException("The connection to the database's log is lost.");
        }
        long now = System.nanoTime();
        boolean silent =
                events.filter(seen -> now - seen.seenAt() > SILENCE.toNanos()).isPresent();
        if (silent && now - busyAt > SILENCE.toNanos()) {
            throw new ConnectException("Nothing came from the database's log for " + SILENCE.toSeconds()
                    + " s, not even a sign of life. The connection to it is lost.");
        }
    }

    private static SourceRecord place(long number) {
        return new SourceRecord(Map.of(PLACES, ""), Map.of(PLACES, number), PLACES, null, null);
    }

    /** Returns a table as the stream has it, if that is at a place or behind it. For any thread. */
    Optional<Table> tableAt(TableId id, long place) {
        return events.filter(seen -> seen.end() >= place)
                .flatMap(seen -> internals.tables())
                .flatMap(tables -> Optional.ofNullable(tables.tableFor(id)));
    }

    @Override
    public void commitRecord(SourceRecord acknowledged, RecordMetadata metadata) throws InterruptedException {
        streaming.commitRecord(acknowledged, metadata);
    }

    @Override
    public void commit() throws InterruptedException {
        streaming.commit();
    }

    @Override
    public void stop() {
        streaming.stop();
    }
}
