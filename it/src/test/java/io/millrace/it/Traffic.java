package io.millrace.it;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Inserts, updates, deletes and inserts again, in transactions of several statements, some rolled back; a third of the
 * statements meets a few hot keys. Each change of a row takes its version from one sequence, so that versions of a key only
 * grow, also over a delete.
 */
final class Traffic implements AutoCloseable {
    private static final int HOT_KEYS = 20;
    private static final int PERIOD_MILLIS = 10;

    private final Connection connection;
    private final String upsert;
    private final String table;
    private final int keys;
    private final Random random;
    private final AtomicLong transactions = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> running;

    private Traffic(Connection connection, String upsert, String table, int keys, long seed) {
        this.connection = connection;
        this.upsert = upsert;
        this.table = table;
        this.keys = keys;
        this.random = new Random(seed);
        this.running = clock.scheduleAtFixedRate(this::transaction, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Starts a writer, one transaction after the other, about a hundred a second. */
    static Traffic on(CampaignDatabase database, String table, int keys, long seed) throws SQLException {
        return on(database, table, database.upsert(table), keys, seed);
    }

    /** As above, with a statement of its own that inserts or changes the row of an {@code id}, its only parameter. */
    static Traffic on(CampaignDatabase database, String table, String upsert, int keys, long seed) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        return new Traffic(connection, upsert, table, keys, seed);
    }

    long transactions() {
        return transactions.get();
    }

    private void transaction() {
        try {
            for (int statements = 1 + random.nextInt(4); statements > 0; statements--) {
                change();
            }
            if (random.nextInt(50) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                transactions.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The writer failed", e);
        }
    }

    private void change() throws SQLException {
        long id = random.nextInt(10) < 3
                ? 1L + (long) random.nextInt(HOT_KEYS) * (keys / HOT_KEYS)
                : 1L + random.nextInt(keys + keys / 50);
        if (random.nextInt(4) == 0) {
            run("DELETE FROM " + table + " WHERE id = ?", id);
        } else {
            run(upsert, id);
        }
    }

    private void run(String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    /** Stops writing; fails if the writer had failed before. */
    @Override
    public void close() throws Exception {
        clock.shutdown();
        if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The writer does not end");
        }
        connection.close();
        if (running.isDone() && !running.isCancelled()) {
            try {
                running.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The writer had failed", e.getCause());
            }
        }
    }
}
