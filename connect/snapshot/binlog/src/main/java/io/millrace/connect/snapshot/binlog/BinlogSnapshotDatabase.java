package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.converters.RowEncoding;
import io.millrace.connect.snapshot.SharedView;
import io.millrace.connect.snapshot.SnapshotDatabase;
import io.millrace.connect.snapshot.StreamEvent;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;

/** A database with a binary log as the snapshot engine needs it. */
public final class BinlogSnapshotDatabase implements SnapshotDatabase {
    private static final String SERVER = "SELECT CONCAT_WS('/', @@hostname, @@port, @@server_id)";
    private static final String ANOTHER_SERVER = "08004";

    private final Dialect dialect;
    private final TableShapes shapes;
    private final Clock clock;
    private final Optional<RowEncoding> encoding;
    private final StreamedRecords streamedRecords;
    private final AtomicReference<String> server = new AtomicReference<>("");

    /**
     * Makes a database.
     *
     * @param stream what streams from it; empty where nothing does
     * @param clock gives the times that rows say they were read at
     */
    public BinlogSnapshotDatabase(
            Dialect dialect, Map<String, String> config, Optional<PlacedStream> stream, Clock clock) {
        this.dialect = dialect;
        this.shapes = new TableShapes(dialect, stream);
        this.clock = clock;
        this.encoding = RowEncoding.of(config);
        this.streamedRecords = new StreamedRecords(dialect);
    }

    @Override
    public TableConnection open(TableName table, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        ReaderSession session = session();
        try {
            return new BinlogTableConnection(session, shapes, table, surrogateKey, filter, encoding, clock);
        } catch (SQLException | TableUnreadableException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Places of two servers cannot be compared, so all sessions of a task are with one. */
    private ReaderSession session() throws SQLException {
        ReaderSession session = ReaderSession.open(dialect);
        try {
            String present = session.query(SERVER, result -> {
                result.next();
                return result.getString(1);
            });
            if (!server.compareAndSet("", present) && !present.equals(server.get())) {
                throw new SQLException(
                        "The address of the source leads to another server now, " + present + " instead of "
                                + server.get() + ". Places in their logs cannot be compared.",
                        ANOTHER_SERVER);
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public SharedView openView(String marker, List<TableName> tables) throws TableUnreadableException {
        throw new TableUnreadableException(
                "Blocking snapshots of " + dialect.connectorName()
                        + " sources are not supported yet. Take an incremental one; a table without a key needs a surrogate key.");
    }

    @Override
    public Optional<TableConnection> openIn(SharedView view, TableName table) {
        throw new IllegalStateException("There are no shared views of this database");
    }

    @Override
    public void checkReachable() throws SQLException {
        session().close();
    }

    @Override
    public StreamEvent classify(SourceRecord streamed) {
        return streamedRecords.classify(streamed);
    }
}
