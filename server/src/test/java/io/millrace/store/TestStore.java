package io.millrace.store;

import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A database in which tests open stores. */
public enum TestStore {
    SQLITE {
        @Override
        public Store open(Path folder) {
            return Store.sqlite(folder.resolve("millrace.db"));
        }

        @Override
        public DataSource source(Path folder) {
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + folder.resolve("millrace.db"));
            return source;
        }
    },
    POSTGRESQL {
        @Override
        public Store open(Path folder) {
            return Store.postgresql(source(folder));
        }

        @Override
        public DataSource source(Path folder) {
            PostgresDatabase database = DATABASES.computeIfAbsent(
                    folder, ignored -> PostgresServer.shared(18).createDatabase());
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(database.jdbcUrl());
            source.setUser(PostgresServer.USER);
            source.setPassword(PostgresServer.PASSWORD);
            return source;
        }
    };

    private static final Map<Path, PostgresDatabase> DATABASES = new ConcurrentHashMap<>();

    /** Opens a store of the test's own; the same folder gives the same store again. */
    public abstract Store open(Path folder);

    /** Returns the database of that store, whatever is in it. */
    public abstract DataSource source(Path folder);
}
