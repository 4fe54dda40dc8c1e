package io.millrace.connect.snapshot.mariadb;

import io.millrace.testkit.MariaDbDatabase;
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
 * back; a third of the statements meets fifty hot keys. Versions come from one sequence under the row's lock.
 */
final class Writers implements AutoCloseable {
    /** End of the name of a sequence that gives versions. */
    static final String SEQUENCE = "_versions";

    private static final int HOT_KEYS = 50;

    private final MariaDbDatabase database;
    private final String table;
    private final int keys;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean running = true;
    private volatile Optional<Throwable> failure = Optional.empty();

    private Writers(MariaDbDatabase database, String table, int keys) {
        this.database = database;
        this.table = table;
        this.keys = keys;
    }

    /** Makes a table with {@code rows} rows. */
    static void createTable(MariaDbDatabase database, String table, int rows) {
        database.execute(
                "CREATE SEQUENCE " + table + SEQUENCE,
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad text)",
                "INSERT INTO " + table + " SELECT seq, nextval(" + table + SEQUENCE
                        + "), repeat('x', 60) FROM seq_1_to_" + rows);
    }

    static Writers start(MariaDbDatabase database, String table, int keys, int count, long seed) {
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
                    if (!"40001".equals(e.getSQLState())) {
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
        String lock = "SELECT 1 FROM " + table + " WHERE id = ? FOR UPDATE";
        boolean exists;
        try (PreparedStatement statement = connection.prepareStatement(lock)) {
            statement.setLong(1, id);
            exists = statement.executeQuery().next();
        }
        String version = "nextval(" + table + SEQUENCE + ")";
        String sql = !exists
                ? "INSERT IGNORE INTO " + table + " VALUES (?, " + version + ", 'new')"
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
