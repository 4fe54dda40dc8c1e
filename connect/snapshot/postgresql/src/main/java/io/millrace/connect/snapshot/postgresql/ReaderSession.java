package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.jdbc.JdbcConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that reads: values arrive as text, in the very form in which the server writes them into its log, whatever
 * the defaults of the role and the database are.
 */
final class ReaderSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderSession.class);
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
            "SET idle_in_transaction_session_timeout = 0");

    private final PostgresConnectorConfig config;
    private final PostgresConnection connection;

    private ReaderSession(PostgresConnectorConfig config, PostgresConnection connection) {
        this.config = config;
        this.connection = connection;
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
        JdbcConfiguration jdbc = JdbcConfiguration.adapt(
                config.getJdbcConfig().edit().with("binaryTransfer", false).build());
        PostgresConnection connection = new PostgresConnection(
                jdbc,
                PostgresConnection.createTypeRegistry(jdbc),
                registry -> PostgresValueConverter.of(config, StandardCharsets.UTF_8, registry),
                "Millrace snapshot");
        ReaderSession session = new ReaderSession(config, connection);
        try {
            session.execute(PINNED);
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    PostgresConnectorConfig config() {
        return config;
    }

    PostgresConnection debezium() {
        return connection;
    }

    Connection jdbc() throws SQLException {
        return connection.connection();
    }

    /** Runs statements without parameters, in one round trip. */
    void execute(String sql) throws SQLException {
        try (Statement statement = jdbc().createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(JdbcConnection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A session could not be closed in order", e);
        }
    }
}
