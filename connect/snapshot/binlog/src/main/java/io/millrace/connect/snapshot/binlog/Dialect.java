package io.millrace.connect.snapshot.binlog;

import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.ddl.DdlParser;
import io.millrace.connect.snapshot.TableUnreadableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;

/** What differs between database products that have a binary log. Thread-safe. */
public interface Dialect {
    /** Returns Debezium's view of the connector's configuration. */
    BinlogConnectorConfig config();

    /** Returns the version of Debezium that records name. */
    String version();

    /** Returns the name by which Debezium's records know the connector. */
    String connectorName();

    /**
     * Returns a connection that is not open yet.
     *
     * @param answersWithin longest wait for an answer; zero for any
     */
    BinlogConnectorConnection connection(Duration answersWithin);

    /** Returns what the calling thread connected by last, if closing it does more than aborting the connection. */
    Optional<AutoCloseable> newestSocket();

    /** Returns a parser of {@code CREATE TABLE}, as the stream's. */
    DdlParser parser();

    /** Returns a builder of schemas with the stream's conversions. */
    TableSchemaBuilder schemas();

    /** Returns what to give to {@code setFetchSize} so that rows come one by one instead of all at once. */
    int fetchSize();

    /** Returns statements that make a session independent of the server's and the user's defaults. */
    List<String> pinned();

    /**
     * Starts a transaction with a consistent snapshot.
     *
     * @throws TableUnreadableException when the server has no log that could be compared with it
     */
    LogView beginView(ReaderSession session) throws SQLException, TableUnreadableException;

    /** Returns how snapshots of several sessions are compared; empty where the server does not say where they lie. */
    default Optional<ComparableSnapshots> comparableSnapshots() {
        return Optional.empty();
    }

    /** Waits until a snapshot that is opened afterwards holds everything that is in the log by now. */
    void settle(ReaderSession session) throws SQLException;

    /**
     * Returns a number of the transaction of a record; empty when it has none.
     *
     * @param offset the record's source offset
     * @param source the envelope's {@code source}
     */
    OptionalLong transaction(Map<String, ?> offset, Struct source);
}
