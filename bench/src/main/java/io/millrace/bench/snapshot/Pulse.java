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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Inserts a row 200 times a second, each in a transaction of its own, and reads the table's topic as a consumer does. A
 * latency is the time from just before the commit to the moment when the consumer has the record, by one clock.
 */
final class Pulse implements AutoCloseable {
    static final int PER_SECOND = 200;
    static final String TABLE = "pulses";

    private final Connection connection;
    private final PreparedStatement insert;
    private final Envelope.Decoder decoder;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, Long> committed = new ConcurrentHashMap<>();
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    private Pulse(Worker worker, PostgresDatabase database, String topic, Envelope.Decoder decoder)
            throws SQLException {
        this.connection = database.connect();
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, now())");
        this.decoder = decoder;
        this.consumer = CommittedTopic.consumer(worker.client(), "read_committed");
        consumer.assign(List.of(new TopicPartition(topic, 0)));
    }

    static void createTable(PostgresDatabase database) {
        database.execute("CREATE TABLE " + TABLE + " (id bigint PRIMARY KEY, at timestamptz NOT NULL)");
    }

    /** Begins to write to an empty table and to read its topic. */
    static Pulse begin(Worker worker, PostgresDatabase database, Deployed deployed) {
        try {
            database.execute("DELETE FROM " + TABLE);
            Pulse pulse = new Pulse(worker, database, deployed.topic(TABLE), deployed.decoder());
            pulse.running.add(pulse.reader.scheduleWithFixedDelay(pulse::read, 0, 1, TimeUnit.NANOSECONDS));
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
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> message : records) {
            // The table is emptied between measurements: deletes and their tombstones may still come.
            if (message.value() != null) {
                Envelope envelope = decoder.decode(message.value());
                if (envelope.operation().equals("c")) {
                    arrived.putIfAbsent(envelope.id(), now);
                }
            }
        }
    }

    /** Stops writing and waits until everything has arrived. */
    void finish(Pace pace, Duration atMost) {
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
    long[] latencies(long fromNanos, long toNanos) {
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
                throw new IllegalStateException("the broker does not answer");
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("the writer does not end", e);
        }
        consumer.close();
    }
}
