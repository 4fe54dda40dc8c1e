package io.millrace.connect.snapshot.mariadb;

import io.millrace.testkit.MariaDbDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Writes to a database until it is closed, round by round, and fails at the end if it failed. */
final class BackgroundWriter implements AutoCloseable {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Void> writing;

    private BackgroundWriter(MariaDbDatabase database, boolean together, IntFunction<List<String>> statements) {
        writing = CompletableFuture.runAsync(() -> write(database, together, statements));
    }

    /** Starts to write; each statement is a transaction. */
    static BackgroundWriter start(MariaDbDatabase database, IntFunction<List<String>> statements) {
        return new BackgroundWriter(database, false, statements);
    }

    /** Starts to write; each round is a transaction. */
    static BackgroundWriter inTransactions(MariaDbDatabase database, IntFunction<List<String>> statements) {
        return new BackgroundWriter(database, true, statements);
    }

    private void write(MariaDbDatabase database, boolean together, IntFunction<List<String>> statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(!together);
            for (int i = 1; !end.isDone(); i++) {
                for (String sql : statements.apply(i)) {
                    statement.execute(sql);
                }
                if (together) {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The writer failed", e);
        }
    }

    @Override
    public void close() {
        end.complete(null);
        writing.orTimeout(1, TimeUnit.MINUTES).join();
    }
}
