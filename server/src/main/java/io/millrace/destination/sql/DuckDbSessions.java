package io.millrace.destination.sql;

import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.duckdb.DuckDbTables;
import io.millrace.engine.ConnectCluster;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens databases of DuckDB beside the sink that has them open.
 *
 * <p>One process can have a file open to write, by one copy of the library. The sink's plugin has that copy, so its driver
 * is used: sessions of one driver share a database, and each sees it as of the beginning of its transaction.
 */
public final class DuckDbSessions {
    private static final String DRIVER = "org.duckdb.DuckDBDriver";

    private final ConnectCluster connect;

    public DuckDbSessions(ConnectCluster connect) {
        this.connect = connect;
    }

    /** @param token of MotherDuck; nothing for a file */
    ComparedDatabase open(String url, String token) throws SQLException {
        ClassLoader plugin = connect.loader(SqlSink.CONNECTOR_CLASS)
                .orElseThrow(() -> new SQLException("The plugin 'sql' does not run in this process, and nobody else can"
                        + " open what it writes to"));
        Properties properties = new Properties();
        // Rows come as they are read. The sink opens its sessions with the same settings, as it must.
        properties.setProperty("jdbc_stream_results", "true");
        if (!token.isEmpty()) {
            properties.setProperty("motherduck_token", token);
        }
        Connection session = driver(plugin).connect(url, properties);
        try {
            DuckDbTables.prepare(session);
            return new ComparedDatabase(session, new DuckDbTables(session.getCatalog()));
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static Driver driver(ClassLoader plugin) throws SQLException {
        try {
            return Class.forName(DRIVER, true, plugin)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The plugin 'sql' has no driver of DuckDB: " + e.getMessage(), e);
        }
    }
}
