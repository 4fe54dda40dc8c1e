package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connect.converters.RowEncoding;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.postgresql.TableCatalogue.KeyColumn;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one table in REPEATABLE READ transactions, one for each chunk.
 *
 * <p>A transaction first locks the table in ACCESS SHARE mode, so that nobody alters it under the read, then takes its
 * snapshot and looks whether the table is still the one that was looked at before. Columns that changed are taken over;
 * another key ends the run of this table, for positions in the old one mean nothing in the new.
 */
final class PostgresTableConnection implements TableConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresTableConnection.class);

    private static final ChunkRows NOTHING = new ChunkRows(List.of(), Optional.empty(), true, true, streamed -> true);

    private final ReaderSession session;
    private final TableName table;
    private final TableCatalogue catalogue;
    private final LogMark marks;
    private final TableViews views;
    private final List<KeyColumn> key;
    private final ChunkQuery query;
    private final Optional<String> surrogateKey;
    private final Optional<RowEncoding> encoding;
    private final Clock clock;
    private String fingerprint = "";
    private Optional<TableShape> shape = Optional.empty();

    PostgresTableConnection(
            ReaderSession session,
            TableName table,
            Optional<String> surrogateKey,
            Optional<String> filter,
            Optional<RowEncoding> encoding,
            Clock clock)
            throws SQLException, TableUnreadableException {
        this.session = session;
        this.table = table;
        this.surrogateKey = surrogateKey;
        this.encoding = encoding;
        this.clock = clock;
        this.catalogue = new TableCatalogue(session, table);
        this.marks = new LogMark(session);
        this.views = new TableViews(session, table, catalogue, Optional.empty());
        this.key = catalogue.keyColumns(surrogateKey);
        boolean unique = surrogateKey.isEmpty() || key.size() > 1;
        this.query = new ChunkQuery(table, key, filter, unique);
    }

    @Override
    public void settle() throws SQLException {
        Settling.await(session);
    }

    @Override
    public List<String> keyColumns() {
        return key.stream().map(KeyColumn::name).toList();
    }

    @Override
    public Optional<Long> averageRowBytes() throws SQLException {
        return catalogue.averageRowBytes();
    }

    @Override
    public Optional<JsonNode> greatestKey() throws SQLException, TableUnreadableException {
        KeyFields fields = KeyFields.in(key, keyColumns());
        return views.inView(view -> session.query(
                query.greatest(),
                result -> result.next() ? Optional.of(fields.of(result)) : Optional.<JsonNode>empty()));
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException, TableUnreadableException {
        if (range.greatest().isEmpty() || !query.hasUniquePositions(range) || query.isAmongNulls(range)) {
            return Optional.empty();
        }
        KeyFields fields = KeyFields.in(key, keyColumns());
        return views.reported(() -> session.query(
                query.boundary(range, rows),
                result -> result.next() && result.getInt(key.size() + 1) == rows
                        ? Optional.of(fields.of(result))
                        : Optional.<JsonNode>empty()));
    }

    @Override
    public ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException, TableUnreadableException {
        if (range.greatest().isEmpty() && !query.hasNullableKey()) {
            return NOTHING; // the table was empty
        }
        return views.inView(view -> {
            TableShape present = presentShape(view);
            List<String> columns = present.columns();
            boolean amongNulls = query.isAmongNulls(range);
            boolean uniquePositions = query.hasUniquePositions(range);
            ChunkRead read = new ChunkRead(
                    present.rows(encoding, clock.instant()),
                    KeyFields.in(key, columns),
                    limits,
                    amongNulls,
                    uniquePositions && present.identifiesRows(),
                    uniquePositions);
            boolean ended = read.run(session.copy(query.rows(columns, range, limits.rows())));
            session.checkLookups();
            if (!ended) {
                session.renew();
                shape = Optional.empty();
            }
            return rows(range, limits, amongNulls, read, view.visible());
        });
    }

    private ChunkRows rows(
            ChunkRange range, ChunkLimits limits, boolean amongNulls, ChunkRead read, Visibility visible) {
        if (read.endedEarly()) {
            return new ChunkRows(read.batches(), read.lastKey(), false, false, visible);
        }
        if (range.end().isPresent()) {
            boolean last = !query.hasNullableKey() && range.end().equals(range.greatest());
            return new ChunkRows(read.batches(), range.end(), true, last, visible);
        }
        boolean all = read.count() < limits.rows();
        if (all && !amongNulls) {
            return new ChunkRows(read.batches(), range.greatest(), true, !query.hasNullableKey(), visible);
        }
        return new ChunkRows(read.batches(), read.lastKey(), true, all, visible);
    }

    private TableShape presentShape(TableViews.View view) throws SQLException, TableUnreadableException {
        if (shape.isPresent() && view.fingerprint().equals(fingerprint)) {
            return shape.get();
        }
        if (!catalogue.keyColumns(surrogateKey).equals(key)) {
            throw new TableUnreadableException("The key of table " + table
                    + " changed during its snapshot. Take the snapshot again, from the start.");
        }
        TableShape read = TableShape.read(session, table);
        shape = Optional.of(read);
        fingerprint = view.fingerprint();
        return read;
    }

    @Override
    public Mark mark(String text) throws SQLException {
        return marks.set(text);
    }

    @Override
    public void cancel() {
        try {
            session.cancel();
        } catch (SQLException e) {
            LOG.debug("The query that reads {} could not be cancelled", table, e);
        }
    }

    @Override
    public void endCallInVain() {
        session.endCallInVain();
    }

    @Override
    public void close() {
        session.close();
    }
}
