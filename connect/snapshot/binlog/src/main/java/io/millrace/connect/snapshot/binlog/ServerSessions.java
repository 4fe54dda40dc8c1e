package io.millrace.connect.snapshot.binlog;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server, over a connection for this one question, what it does for a session: a query may wait for a lock or sort
 * for hours, while a connection that is gone without a word is silent for ever. Thread-safe.
 */
final class ServerSessions {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSessions.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** What servers say while they wait for their client to take what they send. */
    private static final String SENDING = "('Writing to net', 'Sending to client')";

    private final Dialect dialect;

    ServerSessions(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns whether a session's query is being worked on, and does not wait for its client; false when that cannot be asked. */
    boolean isAtWork(long session) {
        try (BinlogConnectorConnection connection = dialect.connection(ANSWER);
                Connection jdbc = connection.connection();
                Statement statement = jdbc.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = "
                        + session + " AND COMMAND <> 'Sleep' AND COALESCE(STATE, '') NOT IN " + SENDING)) {
            return result.next();
        } catch (SQLException | RuntimeException e) {
            LOG.info("What the server does for a session cannot be asked: {}", e.getMessage());
            return false;
        }
    }

    /** Ends the query of a session, which stays; returns when the server has taken note. */
    void endQuery(long session) throws SQLException {
        try (BinlogConnectorConnection connection = dialect.connection(ANSWER);
                Connection jdbc = connection.connection();
                Statement statement = jdbc.createStatement()) {
            statement.execute("KILL QUERY " + session);
        } catch (RuntimeException e) {
            throw SqlCause.of(e).orElseThrow(() -> e);
        }
    }
}
