package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.converters.RowEncoding;
import io.millrace.connect.snapshot.SharedView;
import io.millrace.connect.snapshot.SnapshotDatabase;
import io.millrace.connect.snapshot.SnapshotSettings;
import io.millrace.connect.snapshot.StreamEvent;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;

/** A database with a binary log as the snapshot engine needs it. */
public final class BinlogSnapshotDatabase implements SnapshotDatabase {
    private static final String SERVER = "SELECT CONCAT_WS('/', @@hostname, @@port, @@server_id)";
    private static final String ANOTHER_SERVER = "08004";
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Dialect dialect;
    private final TableShapes shapes;
    private final Clock clock;
    private final Optional<RowEncoding> encoding;
    private final StreamedRecords streamedRecords;
    private final int parallelism;
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
        this.parallelism = SnapshotSettings.of(config).parallelism();
        this.streamedRecords = new StreamedRecords(dialect);
    }

    @Override
    public TableConnection open(TableName table, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        TableViews views = new TableViews(new Snapshots.Own(dialect, session()), table);
        try {
            return new BinlogTableConnection(views, shapes, surrogateKey, filter, encoding, clock);
        } catch (SQLException | TableUnreadableException | RuntimeException e) {
            views.close();
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
    public SharedView openView(String marker, List<TableName> tables) throws SQLException, TableUnreadableException {
        ComparableSnapshots snapshots = dialect.comparableSnapshots()
                .orElseThrow(() -> new TableUnreadableException("Blocking snapshots of " + dialect.connectorName()
                        + " sources cannot be taken: the server does not say where in its log a snapshot lies. Take an"
                        + " incremental one; a table without a key needs a surrogate key."));
        return new ViewOpening(dialect, snapshots, this::session).open(marker, parallelism, tables);
    }

    @Override
    public Optional<TableConnection> openIn(SharedView view, TableName table)
            throws SQLException, TableUnreadableException {
        SnapshotView shared = (SnapshotView) view;
        Optional<ReaderSession> lent = shared.lend();
        return lent.isEmpty() ? Optional.empty() : Optional.of(openIn(shared, lent.get(), table));
    }

    private TableConnection openIn(SnapshotView view, ReaderSession session, TableName table)
            throws SQLException, TableUnreadableException {
        TableViews views = new TableViews(new Snapshots.Shared(view, session), table);
        try {
            session.answersWithin(ANSWER); // it may have lain idle for hours, and be forgotten on its way
            TableCatalogue catalogue = new TableCatalogue(session, table);
            if (!catalogue.keepsToSnapshots()) {
                throw new TableUnreadableException("Table " + table + " is of an engine without snapshots, so it"
                        + " cannot be read in one view with others. Take an incremental snapshot of it, or make it"
                        + " ENGINE = InnoDB.");
            }
            TableConnection connection = catalogue.hasUniqueKey()
                    ? new BinlogTableConnection(views, shapes, Optional.empty(), Optional.empty(), encoding, clock)
                    : new ScannedTableConnection(view, views, shapes, encoding, clock);
            session.answersWithin(Duration.ZERO);
            return connection;
        } catch (SQLException | TableUnreadableException | RuntimeException e) {
            views.close();
            throw e;
        }
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
