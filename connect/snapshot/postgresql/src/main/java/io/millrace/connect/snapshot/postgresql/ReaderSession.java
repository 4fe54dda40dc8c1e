package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConfiguration;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.errors.ConnectException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that reads: values arrive as text, in the very form in which the server writes them into its log, whatever
 * the defaults of the role and the database are.
 */
final class ReaderSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderSession.class);
    private static final String LOST = "08006";
    private static final int MOST_IN_VAIN = 2;
    private static final int LOGIN_SECONDS = 20;

    /** Longest wait for an answer to what is looked up beside the rows. */
    private static final int LOOKUP_SECONDS = 60;

    private static final String PINNED = String.join(
            "; ",
            "SET TIME ZONE 'UTC'",
            "SET datestyle = 'ISO, MDY'",
            "SET intervalstyle = 'postgres'",
            "SET extra_float_digits = 3",
            "SET bytea_output = 'hex'",
            "SET standard_conforming_strings = on",
            // a stuck synchronous standby shall not hold up markers
            "SET synchronous_commit = 'local'",
            "SET statement_timeout = 0",
            // what runs at the same time is the engine's to say, and what it reads is too little to be compiled
            "SET max_parallel_workers_per_gather = 0",
            "SET jit = off",
            "SET idle_in_transaction_session_timeout = 0");

    private final PostgresConnectorConfig config;
    private final JdbcConfiguration settings;
    private volatile PostgresConnection connection;

    /** Not asked of Debezium's object each time, which would connect anew, to a session that nothing is pinned in. */
    private volatile Connection jdbc;

    private final Backends backends;
    private final AtomicLong received = new AtomicLong();
    private Optional<Connection> lookups = Optional.empty();
    private long receivedAtLook = -1;
    private int inVain;

    private ReaderSession(
            PostgresConnectorConfig config,
            JdbcConfiguration settings,
            PostgresConnection connection,
            Connection jdbc) {
        this.config = config;
        this.settings = settings;
        this.backends = new Backends(config);
        this.connection = connection;
        this.jdbc = jdbc;
    }

    /** Opens a session; throws what the driver says, also where Debezium wraps it. */
    static ReaderSession open(PostgresConnectorConfig config) throws SQLException {
        try {
            return opened(config);
        } catch (RuntimeException e) {
            throw SqlCause.of(e).orElseThrow(() -> e);
        }
    }

    private static ReaderSession opened(PostgresConnectorConfig config) throws SQLException {
        // A read may take as long as it likes; see Backends for connections that are gone.
        JdbcConfiguration settings = JdbcConfiguration.adapt(config.getJdbcConfig()
                .edit()
                .with("binaryTransfer", false)
                .with("loginTimeout", LOGIN_SECONDS)
                .with("socketTimeout", 0)
                .build());
        PostgresConnection connection = connect(config, settings);
        try {
            ReaderSession session = new ReaderSession(config, settings, connection, connection.connection());
            session.execute(PINNED);
            return session;
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static PostgresConnection connect(PostgresConnectorConfig config, JdbcConfiguration settings) {
        return new PostgresConnection(
                settings,
                PostgresConnection.createTypeRegistry(Backends.timed(settings, LOOKUP_SECONDS)),
                registry -> PostgresValueConverter.of(config, StandardCharsets.UTF_8, registry),
                "Millrace snapshot");
    }

    /** Connects anew, where a copy was left in the middle; what was read of tables by this session is to be read again. */
    void renew() throws SQLException {
        closeQuietly(connection);
        try {
            connection = connect(config, settings);
            jdbc = connection.connection();
        } catch (RuntimeException e) {
            throw SqlCause.of(e).orElseThrow(() -> e);
        }
        execute(PINNED);
    }

    /** Bounds the wait for each answer; zero for any. A session that is given up for it is lost. */
    void answersWithin(Duration limit) throws SQLException {
        jdbc.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
    }

    PostgresConnectorConfig config() {
        return config;
    }

    PostgresConnection debezium() {
        return connection;
    }

    Connection jdbc() {
        return jdbc;
    }

    /** Returns whether the texts that arrive are valid UTF-8: the server converts, unless its database has no encoding. */
    boolean sendsUtf8() {
        try {
            return !"SQL_ASCII".equals(driver().getParameterStatus("server_encoding"));
        } catch (SQLException e) {
            LOG.debug("The server's encoding is not known", e);
            return false;
        }
    }

    /**
     * Returns a connection beside this one, for what has to be looked up while a COPY fills this one.
     *
     * @throws ConnectException instead of what the driver says, which Debezium would take for a value of null
     */
    Connection lookups() {
        try {
            if (lookups.isEmpty()) {
                lookups = Optional.of(
                        new PostgresConnection(Backends.timed(settings, LOOKUP_SECONDS), "Millrace snapshot, types")
                                .connection());
            }
            return lookups.get();
        } catch (SQLException e) {
            throw new ConnectException("A second connection to the database cannot be had", e);
        }
    }

    /** Makes sure that nothing was looked up in vain, which Debezium would have taken for a value of null. */
    void checkLookups() throws SQLException {
        if (lookups.isPresent() && lookups.get().isClosed()) {
            throw new SQLException("The connection that types are looked up by was lost", LOST);
        }
    }

    /** Runs statements without parameters, in one round trip. */
    void execute(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        }
    }

    /** Runs statements without parameters, in one round trip, and reads what the last one returns. */
    <T> T query(String sql, ResultReader<T> reader) throws SQLException {
        try (Statement statement = statement()) {
            boolean isResult = statement.execute(sql);
            while (!isResult) {
                if (statement.getUpdateCount() == -1) {
                    throw new IllegalStateException("No result comes of " + sql);
                }
                isResult = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                return reader.read(result);
            }
        }
    }

    /** Reads what a query returned. */
    @FunctionalInterface
    interface ResultReader<T> {
        /** Returns what is wanted of a result that stands before its first row. */
        T read(ResultSet result) throws SQLException;
    }

    private Statement statement() throws SQLException {
        Statement statement = jdbc.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    /** Starts to copy the rows of a query; nothing else can be done here before they are all read or cancelled. */
    CopiedRows copy(String query) throws SQLException {
        CopyOut copy = driver().getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT");
        return () -> {
            received.lazySet(received.get() + 1); // by this thread alone
            return copy.readFromCopy();
        };
    }

    /**
     * Closes the connection under a call that another thread waits for, when the server was found at several looks in a row
     * not to be at it, and nothing came in between.
     */
    void endCallInVain() {
        boolean moved = receivedAtLook != received.get();
        receivedAtLook = received.get();
        Connection silent = jdbc;
        try {
            inVain =
                    moved || backends.isAtWork(silent.unwrap(PGConnection.class).getBackendPID()) ? 0 : inVain + 1;
            if (inVain >= MOST_IN_VAIN) {
                LOG.warn("A session is given up: it has been silent, and the server does nothing for it");
                silent.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("A session could not be looked after", e);
        }
    }

    /** Ends what runs in this session, from any thread; without effect when nothing does. */
    void cancel() throws SQLException {
        driver().cancelQuery();
    }

    private PGConnection driver() throws SQLException {
        return jdbc.unwrap(PGConnection.class);
    }

    @Override
    public void close() {
        lookups.ifPresent(ReaderSession::closeQuietly);
        closeQuietly(connection);
    }

    private static void closeQuietly(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception e) {
            LOG.debug("A session could not be closed in order", e);
        }
    }
}
