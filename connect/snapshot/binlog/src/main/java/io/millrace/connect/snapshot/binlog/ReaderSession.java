package io.millrace.connect.snapshot.binlog;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that reads, whatever the defaults of the server and the user are. For one thread, except {@link #cancel}
 * and {@link #endCallInVain}.
 */
public final class ReaderSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderSession.class);
    private static final int PIECE_OF_A_SECOND = 20;
    private static final int MOST_IN_VAIN = 2;

    private final Dialect dialect;
    private final ServerSessions sessions;
    private final AtomicLong received = new AtomicLong();
    private BinlogConnectorConnection connection;
    private volatile Connection jdbc;
    private volatile long number;
    private volatile Optional<AutoCloseable> socket = Optional.empty();
    private volatile Optional<Statement> running = Optional.empty();
    private long receivedAtLook = -1;
    private int inVain;

    private ReaderSession(Dialect dialect, BinlogConnectorConnection connection, Connection jdbc) {
        this.dialect = dialect;
        this.sessions = new ServerSessions(dialect);
        this.connection = connection;
        this.jdbc = jdbc;
    }

    /** Opens a session; throws what the driver says, also where Debezium wraps it. */
    static ReaderSession open(Dialect dialect) throws SQLException {
        BinlogConnectorConnection connection = dialect.connection(Duration.ZERO);
        ReaderSession session = new ReaderSession(dialect, connection, connected(connection));
        session.socket = dialect.newestSocket();
        session.pin();
        return session;
    }

    private static Connection connected(BinlogConnectorConnection connection) throws SQLException {
        try {
            return connection.connection();
        } catch (RuntimeException e) {
            throw SqlCause.of(e).orElseThrow(() -> e);
        }
    }

    private void pin() throws SQLException {
        try {
            for (String statement : dialect.pinned()) {
                execute(statement);
            }
            number = query("SELECT CONNECTION_ID()", result -> {
                result.next();
                return result.getLong(1);
            });
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Connects anew, where rows were left on their way; transactions and locks of this session are gone then. */
    void renew() throws SQLException {
        jdbc.abort(Runnable::run);
        connection = dialect.connection(Duration.ZERO);
        jdbc = connected(connection);
        socket = dialect.newestSocket();
        pin();
    }

    /** Bounds the wait for each answer; zero for any. A session that is given up for it is lost. */
    void answersWithin(Duration limit) throws SQLException {
        jdbc.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
    }

    /** Returns the statement that tells the end of the log. */
    String logStatus() {
        return connection.binaryLogStatusStatement();
    }

    /** Returns the end of what was written into the log. */
    public Place logEnd() throws SQLException {
        return query(logStatus(), result -> {
            if (!result.next()) {
                throw new SQLException("The server has no binary log. Turn it on (log_bin), with rows in it.", "HY000");
            }
            return new Place(result.getString(1), result.getLong(2));
        });
    }

    /** Runs a statement. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        } finally {
            ends();
        }
    }

    /** Lets a moment pass. */
    public void pause() throws SQLException {
        execute("DO SLEEP(1.0 / " + PIECE_OF_A_SECOND + ")");
    }

    /** Runs a query and reads its result. */
    public <T> T query(String sql, ResultReader<T> reader) throws SQLException {
        try (Statement statement = statement();
                ResultSet result = statement.executeQuery(sql)) {
            return reader.read(result);
        } finally {
            ends();
        }
    }

    /** Runs a query whose rows come one by one. */
    RowCursor cursor(String sql) throws SQLException {
        Statement statement = statement();
        try {
            statement.setFetchSize(dialect.fetchSize());
            return new RowCursor(this, statement, statement.executeQuery(sql));
        } finally {
            ends();
        }
    }

    /** A statement begins to wait for the server, in a call that may be {@linkplain #cancel cancelled}. */
    void begins(Statement statement) {
        running = Optional.of(statement);
    }

    /** What was under way is over. */
    void ends() {
        running = Optional.empty();
    }

    /** A row has come. */
    void received() {
        received.lazySet(received.get() + 1); // by one thread alone
    }

    /** Reads what a query returned. */
    @FunctionalInterface
    public interface ResultReader<T> {
        /** Returns what is wanted of a result that stands before its first row. */
        T read(ResultSet result) throws SQLException;
    }

    private Statement statement() throws SQLException {
        Statement statement = jdbc.createStatement();
        statement.setEscapeProcessing(false);
        begins(statement);
        return statement;
    }

    /** Ends what runs in this session, from any thread; without effect when nothing does. */
    void cancel() throws SQLException {
        Optional<Statement> present = running;
        if (present.isPresent()) {
            present.get().cancel();
        }
    }

    /** Ends the query of this session whose rows are still on their way, over another connection. */
    void endQuery() throws SQLException {
        sessions.endQuery(number);
    }

    /**
     * Closes the connection under a call that another thread waits for, when the server was found at several looks in a row
     * not to be at it, and nothing came in between.
     */
    void endCallInVain() {
        boolean moved = receivedAtLook != received.get();
        receivedAtLook = received.get();
        Connection silent = jdbc;
        Optional<AutoCloseable> itsSocket = socket;
        inVain = moved || sessions.isAtWork(number) ? 0 : inVain + 1;
        if (inVain >= MOST_IN_VAIN) {
            LOG.warn("A session is given up: it has been silent, and the server does nothing for it");
            try {
                if (itsSocket.isPresent()) {
                    itsSocket.get().close();
                } else {
                    silent.abort(Runnable::run);
                }
            } catch (Exception e) {
                LOG.debug("A session could not be given up in order", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            jdbc.abort(Runnable::run);
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A session could not be closed in order", e);
        }
    }
}
