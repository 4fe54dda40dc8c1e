package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one table in a view that others share, by where its rows lie: no key is needed, and no index. All reads are of the
 * same view, so rows do not move between them.
 */
final class PlacedTableConnection implements TableConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PlacedTableConnection.class);

    private final ReaderSession session;
    private final TableName table;
    private final TableCatalogue catalogue;
    private final TableViews views;
    private final Optional<RowEncoding> encoding;
    private final Clock clock;
    private Optional<TableShape> shape = Optional.empty();
    private Optional<Places> places = Optional.empty();

    PlacedTableConnection(
            ReaderSession session, PostgresView view, TableName table, Optional<RowEncoding> encoding, Clock clock) {
        this.session = session;
        this.table = table;
        this.encoding = encoding;
        this.clock = clock;
        this.catalogue = new TableCatalogue(session, table);
        this.views = new TableViews(session, table, catalogue, Optional.of(view.name()));
    }

    /** Does nothing: the view was opened when reads saw what was in the log. */
    @Override
    public void settle() {}

    /** Returns where rows lie, for there is no other order. */
    @Override
    public List<String> keyColumns() {
        return List.of(KeyFields.PARTITION, KeyFields.PLACE);
    }

    @Override
    public Optional<Long> averageRowBytes() throws SQLException {
        return catalogue.averageRowBytes();
    }

    @Override
    public Optional<JsonNode> greatestKey() throws SQLException, TableUnreadableException {
        return views.inView(view -> Optional.of(places().last()));
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException, TableUnreadableException {
        return views.inView(view -> places().first(range, rows).map(Places.Piece::end));
    }

    @Override
    public ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException, TableUnreadableException {
        return views.inView(view -> {
            Optional<Places.Piece> piece = places().first(range, limits.rows());
            if (piece.isEmpty()) {
                return new ChunkRows(List.of(), Optional.of(places().last()), true, true, view.visible());
            }
            TableShape present = shape();
            List<String> columns = present.columns();
            ChunkRead read = new ChunkRead(
                    present.rows(encoding, clock.instant()),
                    KeyFields.in(List.of(), columns),
                    limits,
                    true,
                    true,
                    true);
            boolean ended = read.run(session.copy(piece.get()
                    .rows(columns.stream()
                            .map(column -> TableCatalogue.quoted(column) + ", ")
                            .collect(Collectors.joining()))));
            session.checkLookups();
            if (!ended) {
                session.renew();
                shape = Optional.empty();
            }
            JsonNode end = piece.get().end();
            return read.endedEarly()
                    ? new ChunkRows(read.batches(), read.lastKey(), false, false, view.visible())
                    : new ChunkRows(read.batches(), Optional.of(end), true, places().isLast(end), view.visible());
        });
    }

    private Places places() throws SQLException, TableUnreadableException {
        if (places.isEmpty()) {
            places = Optional.of(Places.of(session, table));
        }
        return places.get();
    }

    private TableShape shape() throws SQLException, TableUnreadableException {
        if (shape.isEmpty()) {
            shape = Optional.of(TableShape.read(session, table));
        }
        return shape.get();
    }

    /** Never asked for: what is behind the view has one mark, the view's. */
    @Override
    public Mark mark(String text) {
        throw new IllegalStateException("A read in a shared view has no mark of its own");
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
