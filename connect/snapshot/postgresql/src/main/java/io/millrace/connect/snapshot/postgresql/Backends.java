package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConfiguration;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server, over a connection for this one question, what it does for other connections: a query may wait for a lock or
 * sort for hours, while a connection that is gone without a word is silent for ever. Thread-safe.
 */
final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
    private static final int SECONDS = 5;

    /** Classes of SQL states: the server cannot be reached, or is going down or coming up. */
    private static final Set<String> UNREACHED = Set.of("08", "57");

    private static final String AT_WORK =
            """
            SELECT 1 FROM pg_stat_activity
            WHERE pid::text = ? AND state = 'active' AND wait_event_type IS DISTINCT FROM 'Client'
            """;

    private static final String STREAMING = "SELECT 1 FROM pg_replication_slots WHERE slot_name = ? AND active";

    private final JdbcConfiguration settings;

    Backends(PostgresConnectorConfig config) {
        this.settings = timed(config.getJdbcConfig(), SECONDS);
    }

    /** Returns settings for connections that wait for no answer longer than {@code seconds}. */
    static JdbcConfiguration timed(JdbcConfiguration settings, int seconds) {
        return JdbcConfiguration.adapt(settings.edit()
                .with("connectTimeout", seconds)
                .with("loginTimeout", seconds)
                .with("socketTimeout", seconds)
                .build());
    }

    /** Returns whether a session's query is being worked on, and does not wait for its client; false when that cannot be asked. */
    boolean isAtWork(int backend) {
        try {
            return answersWith(AT_WORK, String.valueOf(backend));
        } catch (SQLException e) {
            LOG.info("What the server does for a session cannot be asked: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Returns whether a slot is in use.
     *
     * @throws SQLException when the server cannot be reached
     */
    boolean isStreaming(String slot) throws SQLException {
        return answersWith(STREAMING, slot);
    }

    /** Returns whether there is a row; a server that answers with an error is there, and says nothing against it. */
    private boolean answersWith(String query, String parameter) throws SQLException {
        try (PostgresConnection connection = new PostgresConnection(settings, "Millrace look");
                PreparedStatement statement = connection.connection().prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (e.getSQLState() == null || UNREACHED.stream().anyMatch(state::startsWith)) {
                throw e;
            }
            LOG.debug("The server did not tell what it does for a session", e);
            return true;
        }
    }
}
