package io.millrace.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQL store. Thread-safe; each call is one transaction on a connection of its own, so calls must not nest. */
public final class Store implements AutoCloseable {
    private static final int READERS = 4;
    private static final int SHARED_CONNECTIONS = 10;

    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final Jdbi reading;
    private final Jdbi writing;
    private final TransactionIsolationLevel readIsolation;

    private Store(DataSource reader, int readerCount, DataSource writer, int writerCount, boolean sqlite) {
        migrate(writer);
        readers = pool("store-read", reader, readerCount, true);
        writers = pool("store-write", writer, writerCount, false);
        reading = Jdbi.create(readers).registerArgument(new Times.AsArgument());
        writing = Jdbi.create(writers).registerArgument(new Times.AsArgument());
        readIsolation = sqlite ? TransactionIsolationLevel.SERIALIZABLE : TransactionIsolationLevel.REPEATABLE_READ;
    }

    /** Opens the store in a file, which is made when it is not there, and brings its tables up to date. */
    public static Store sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(10_000);
        // One writer that takes its lock first: it never has to give up half way because it read too early.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteConfig readConfig = new SQLiteConfig();
        readConfig.setReadOnly(true);
        readConfig.setBusyTimeout(10_000);
        return new Store(source(file, readConfig), READERS, source(file, config), 1, true);
    }

    /** Opens the store in a database that several servers may share, and brings its tables up to date. */
    public static Store postgresql(DataSource database) {
        return new Store(database, SHARED_CONNECTIONS, database, SHARED_CONNECTIONS, false);
    }

    /** Runs {@code work} on one consistent state of the store, without changing it. */
    public <R, X extends Exception> R read(HandleCallback<R, X> work) throws X {
        return reading.inTransaction(readIsolation, work);
    }

    /** Runs {@code work}; what it changed is kept for good when this returns and undone when it throws. */
    public <R, X extends Exception> R write(HandleCallback<R, X> work) throws X {
        return writing.inTransaction(work);
    }

    /** As {@link #write}, for work without a result. */
    public <X extends Exception> void change(HandleConsumer<X> work) throws X {
        writing.useTransaction(work);
    }

    /** Returns whether the store answers. */
    public boolean answers() {
        return reading.withHandle((Handle handle) ->
                handle.createQuery("select 1").mapTo(Integer.class).one() == 1);
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }

    private static DataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static void migrate(DataSource database) {
        Flyway.configure(Store.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:io/millrace/store/migrations")
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static HikariDataSource pool(String name, DataSource database, int size, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(database);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setReadOnly(readOnly);
        return new HikariDataSource(config);
    }
}
