package io.millrace.connect.snapshot.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import io.debezium.relational.Table;
import io.millrace.connect.converters.RowEncoding;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one table by key, each chunk in a consistent snapshot of its own, or all in a shared one. Columns that changed
 * between two chunks are taken over; another key ends the run of this table, for positions in the old one mean nothing in the
 * new.
 */
final class BinlogTableConnection implements TableConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BinlogTableConnection.class);

    private static final ChunkRows NOTHING = new ChunkRows(List.of(), Optional.empty(), true, true, streamed -> true);

    private final ReaderSession session;
    private final TableName table;
    private final TableCatalogue catalogue;
    private final TableViews views;
    private final TableShapes shapes;
    private final TableCatalogue.Key key;
    private final ChunkQuery query;
    private final Optional<String> surrogateKey;
    private final Optional<RowEncoding> encoding;
    private final Clock clock;
    private final boolean keepsToSnapshots;
    private Optional<Place> lastView = Optional.empty();
    private String definition = "";
    private Optional<Table> defined = Optional.empty();
    private Optional<TableShape> shape = Optional.empty();

    BinlogTableConnection(
            TableViews views,
            TableShapes shapes,
            Optional<String> surrogateKey,
            Optional<String> filter,
            Optional<RowEncoding> encoding,
            Clock clock)
            throws SQLException, TableUnreadableException {
        this.views = views;
        this.session = views.session();
        this.table = views.table();
        this.shapes = shapes;
        this.surrogateKey = surrogateKey;
        this.encoding = encoding;
        this.clock = clock;
        this.catalogue = new TableCatalogue(session, table);
        this.keepsToSnapshots = catalogue.keepsToSnapshots();
        this.key = catalogue.key(surrogateKey);
        this.query = new ChunkQuery(table, key.order(), filter, key.unique());
    }

    @Override
    public void settle() throws SQLException {
        shapes.dialect().settle(session);
    }

    @Override
    public List<String> keyColumns() {
        return key.order().columns().stream().map(KeyColumn::name).toList();
    }

    @Override
    public Optional<Long> averageRowBytes() throws SQLException {
        return catalogue.averageRowBytes();
    }

    @Override
    public Optional<JsonNode> greatestKey() throws SQLException, TableUnreadableException {
        return views.inView(view -> keyAt(query.greatest()));
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException, TableUnreadableException {
        if (range.greatest().isEmpty() || !key.unique()) {
            return Optional.empty();
        }
        return views.reported(() -> keyAt(query.boundary(range, rows)));
    }

    private Optional<JsonNode> keyAt(String sql) throws SQLException {
        return session.query(
                sql, result -> result.next() ? Optional.of(key.order().read(result, 1)) : Optional.<JsonNode>empty());
    }

    @Override
    public ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException, TableUnreadableException {
        if (range.greatest().isEmpty()) {
            return NOTHING; // the table was empty
        }
        return views.inView(view -> {
            lastView = Optional.of(view.end());
            TableShape present = presentShape(view);
            ChunkRange bounded = bounded(range, limits.rows());
            int firstOfKey = present.selected().size() + 1;
            ChunkRead read = new ChunkRead(
                    present.rows(encoding, view.end(), clock.instant()),
                    row -> key.order().read(row, firstOfKey),
                    limits,
                    key.unique() && present.identifiesRows(),
                    key.unique());
            RowCursor cursor = session.cursor(query.rows(present.selected(), bounded, limits.rows()));
            if (!cursor.take(() -> true, read::take)) {
                views.leave(cursor);
            }
            read.end();
            return rows(range, bounded, limits, read, view);
        });
    }

    /** Equal keys stay together, or the next chunk, which begins beyond them, would miss some. */
    private ChunkRange bounded(ChunkRange range, int rows) throws SQLException {
        if (key.unique() || range.end().isPresent()) {
            return range;
        }
        Optional<JsonNode> end = keyAt(query.boundary(range, rows)).or(range::greatest);
        return new ChunkRange(range.after(), range.greatest(), end);
    }

    private static ChunkRows rows(
            ChunkRange range, ChunkRange bounded, ChunkLimits limits, ChunkRead read, LogView view) {
        if (read.endedEarly()) {
            return new ChunkRows(read.batches(), read.lastKey(), false, false, view.sees());
        }
        if (bounded.end().isPresent()) {
            boolean last = bounded.end().equals(range.greatest());
            return new ChunkRows(read.batches(), bounded.end(), true, last, view.sees());
        }
        boolean all = read.count() < limits.rows();
        return new ChunkRows(read.batches(), all ? range.greatest() : read.lastKey(), true, all, view.sees());
    }

    private TableShape presentShape(LogView view) throws SQLException, TableUnreadableException {
        String present = catalogue.definition();
        if (!definition.isEmpty() && !present.equals(definition) && !isKeyAsItWas()) {
            throw new TableUnreadableException("The key of table " + table
                    + " changed during its snapshot. Take the snapshot again, from the start.");
        }
        if (!present.equals(definition)) {
            defined = Optional.of(shapes.defined(table, present));
            definition = present;
        }
        Table latest = shapes.latest(table, defined.orElseThrow(), view.end());
        if (shape.filter(cached -> cached.isOf(latest)).isEmpty()) {
            shape = Optional.of(new TableShape(shapes.dialect(), latest));
        }
        return shape.orElseThrow();
    }

    private boolean isKeyAsItWas() throws SQLException, TableUnreadableException {
        return catalogue.key(surrogateKey).equals(key);
    }

    @Override
    public Mark mark(String text) throws SQLException {
        Place behind = keepsToSnapshots && lastView.isPresent() ? lastView.get() : session.logEnd();
        return new Mark.Place(behind.number());
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
        views.close();
    }
}
