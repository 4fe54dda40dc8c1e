package io.millrace.bench.snapshot;

import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Inserts a row 200 times a second, each in a transaction of its own, and reads where the rows arrive. A latency is the time
 * from just before the commit to the moment when the reader has the row, by one clock.
 */
public final class Pulse implements AutoCloseable {
    public static final int PER_SECOND = 200;
    public static final String TABLE = "pulses";

    private final Connection connection;
    private final PreparedStatement insert;
    private final Reader arrivals;
    private final Map<Long, Long> committed = new ConcurrentHashMap<>();
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    /** Where rows arrive. Used by one thread. */
    public interface Reader extends AutoCloseable {
        /** Returns ids of rows that have arrived since the last call, some perhaps again; may wait a little for some. */
        List<Long> read();

        @Override
        void close();
    }

    private Pulse(PostgresDatabase database, Reader arrivals) throws SQLException {
        this.connection = database.connect();
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, now())");
        this.arrivals = arrivals;
    }

    /** Makes the table in a database. */
    public static void createTable(PostgresDatabase database) {
        database.execute("CREATE TABLE " + TABLE + " (id bigint PRIMARY KEY, at timestamptz NOT NULL)");
    }

    /**
     * Begins to write to an empty table, and to read.
     *
     * @param arrivals closed with the pulse
     * @param between how long to leave the reader alone after each call
     */
    public static Pulse begin(PostgresDatabase database, Reader arrivals, Duration between) {
        try {
            database.execute("DELETE FROM " + TABLE);
            Pulse pulse = new Pulse(database, arrivals);
            pulse.running.add(pulse.reader.scheduleWithFixedDelay(
                    pulse::read, 0, Math.max(1, between.toNanos()), TimeUnit.NANOSECONDS));
            pulse.running.add(
                    pulse.writer.scheduleAtFixedRate(pulse::write, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS));
            return pulse;
        } catch (SQLException e) {
            throw new DemoFailure("the writer cannot begin: " + e.getMessage(), e);
        }
    }

    private void write() {
        long id = last.get() + 1;
        try {
            insert.setLong(1, id);
            insert.executeUpdate();
            committed.put(id, System.nanoTime());
            connection.commit();
            last.set(id);
        } catch (SQLException e) {
            throw new IllegalStateException("change " + id + " cannot be written", e);
        }
    }

    private void read() {
        List<Long> ids = arrivals.read();
        long now = System.nanoTime();
        ids.forEach(id -> arrived.putIfAbsent(id, now));
    }

    /** Stops writing and waits until everything has arrived. */
    public void finish(Pace pace, Duration atMost) {
        writer.shutdown();
        if (pace.await(atMost, this::isOver, over -> over).isEmpty()) {
            throw new DemoFailure(arrived.size() + " of " + last.get() + " changes arrived");
        }
    }

    private boolean isOver() {
        for (Future<?> work : running) {
            if (work.isDone() && !work.isCancelled()) {
                throw new DemoFailure("changes could not be written or read");
            }
        }
        return writer.isTerminated() && arrived.size() >= last.get();
    }

    /** Returns the latencies of the changes that were committed in a span of time, in nanoseconds. */
    public long[] latencies(long fromNanos, long toNanos) {
        return LongStream.rangeClosed(1, last.get())
                .filter(id -> committed.get(id) >= fromNanos && committed.get(id) < toNanos)
                .map(id -> arrived.get(id) - committed.get(id))
                .toArray();
    }

    @Override
    public void close() {
        writer.shutdownNow();
        reader.shutdown();
        try {
            if (!reader.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("what is read does not answer");
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("the writer does not end", e);
        }
        arrivals.close();
    }
}
