package io.millrace.connect.snapshot.postgresql;

import io.millrace.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that insert, update, delete and insert again, in transactions of several statements of which some are rolled
 * back; a third of the statements meets fifty hot keys. Versions come from one sequence under a lock of the key's own: a
 * row that is not there yet has none, and of two inserts the one with the older version may come last.
 */
final class Writers implements AutoCloseable {
    private static final int HOT_KEYS = 50;

    private final PostgresDatabase database;
    private final String table;
    private final int keys;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean running = true;
    private volatile Optional<Throwable> failure = Optional.empty();

    private Writers(PostgresDatabase database, String table, int keys) {
        this.database = database;
        this.table = table;
        this.keys = keys;
    }

    /** Makes a table with {@code rows} rows. */
    static void createTable(PostgresDatabase database, String table, int rows) {
        database.execute(
                "CREATE SEQUENCE " + table + "_v",
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad text)",
                "ALTER TABLE " + table + " REPLICA IDENTITY FULL",
                "INSERT INTO " + table + " SELECT i, nextval('" + table + "_v'), repeat('x', 60)"
                        + " FROM generate_series(1, " + rows + ") i");
    }

    static Writers start(PostgresDatabase database, String table, int keys, int count, long seed) {
        Writers writers = new Writers(database, table, keys);
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> writers.write(random), "writer-" + i);
            thread.start();
            writers.threads.add(thread);
        }
        return writers;
    }

    long transactions() {
        return transactions.get();
    }

    private void write(Random random) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            while (running) {
                try {
                    for (int statements = 1 + random.nextInt(4); statements > 0; statements--) {
                        change(connection, random);
                    }
                    if (random.nextInt(50) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                    transactions.incrementAndGet();
                } catch (SQLException e) {
                    connection.rollback();
                    if (!"40P01".equals(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        } catch (SQLException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void change(Connection connection, Random random) throws SQLException {
        int hot = random.nextInt(HOT_KEYS) * (keys / HOT_KEYS);
        int id = 1 + (random.nextInt(10) < 3 ? hot : random.nextInt(keys + 1000));
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, id);
            lock.executeQuery().close();
        }
        boolean exists;
        try (PreparedStatement look = connection.prepareStatement("SELECT 1 FROM " + table + " WHERE id = ?")) {
            look.setLong(1, id);
            exists = look.executeQuery().next();
        }
        String version = "nextval('" + table + "_v')";
        String sql = !exists
                ? "INSERT INTO " + table + " VALUES (?, " + version + ", 'new') ON CONFLICT (id) DO NOTHING"
                : random.nextInt(4) == 0
                        ? "DELETE FROM " + table + " WHERE id = ?"
                        : "UPDATE " + table + " SET v = " + version + " WHERE id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        failure.ifPresent(reason -> {
            throw new IllegalStateException("A writer failed", reason);
        });
    }
}
