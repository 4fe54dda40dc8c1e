package io.millrace.connect.snapshot.postgresql;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
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
import org.apache.kafka.connect.source.SourceRecord;

/** A PostgreSQL database as the snapshot engine needs it. */
final class PostgresSnapshotDatabase implements SnapshotDatabase {
    private final PostgresConnectorConfig config;
    private final Clock clock;
    private final Optional<RowEncoding> encoding;
    private final StreamedRecords streamedRecords;

    PostgresSnapshotDatabase(Map<String, String> config) {
        this(config, Clock.systemUTC());
    }

    /** Makes a database; {@code clock} gives the times that rows say they were read at. */
    PostgresSnapshotDatabase(Map<String, String> config, Clock clock) {
        this.config = new PostgresConnectorConfig(Configuration.from(config));
        this.clock = clock;
        this.encoding = RowEncoding.of(config);
        this.streamedRecords = new StreamedRecords(this.config.getUnavailableValuePlaceholder());
    }

    @Override
    public TableConnection open(TableName table, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        ReaderSession session = ReaderSession.open(config);
        try {
            return new PostgresTableConnection(session, table, surrogateKey, filter, encoding, clock);
        } catch (SQLException | TableUnreadableException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public SharedView openView(String marker, List<TableName> tables) throws SQLException {
        return PostgresView.open(config, marker, tables);
    }

    @Override
    public Optional<TableConnection> openIn(SharedView view, TableName table) throws SQLException {
        ReaderSession session = ReaderSession.open(config);
        return Optional.of(new PlacedTableConnection(session, (PostgresView) view, table, encoding, clock));
    }

    @Override
    public void checkReachable() throws SQLException {
        ReaderSession.open(config).close();
    }

    @Override
    public boolean isStreaming() throws SQLException {
        return new Backends(config).isStreaming(config.slotName());
    }

    @Override
    public StreamEvent classify(SourceRecord streamed) {
        return streamedRecords.classify(streamed);
    }
}
