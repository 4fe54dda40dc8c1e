package io.millrace.connect.snapshot.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.debezium.relational.Table;
import io.millrace.connect.converters.RowEncoding;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table without a key in a view that others share: all rows by one query, from the first to the last, in the order in
 * which the engine keeps them. The query stays open between the chunks, so there is no more of it in memory than a chunk.
 *
 * <p>A position is the number of rows before it, and is true in one view only. Where the query is lost and another session of
 * the view is left, the rows before the position are passed over, for the order is the same there; in another view the table is
 * read from its first row.
 */
final class ScannedTableConnection implements TableConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ScannedTableConnection.class);
    private static final String VIEW = "view";
    private static final String ROWS = "rows";

    /** As the server's manual has it: a number greater than any number of rows. */
    private static final String ALL = "18446744073709551615";

    private final SnapshotView view;
    private final TableViews views;
    private final TableCatalogue catalogue;
    private final TableShapes shapes;
    private final Optional<RowEncoding> encoding;
    private final Clock clock;
    private Optional<TableShape> shape = Optional.empty();
    private Optional<RowCursor> cursor = Optional.empty();
    private long taken;

    ScannedTableConnection(
            SnapshotView view, TableViews views, TableShapes shapes, Optional<RowEncoding> encoding, Clock clock) {
        this.view = view;
        this.views = views;
        this.shapes = shapes;
        this.encoding = encoding;
        this.clock = clock;
        this.catalogue = new TableCatalogue(views.session(), views.table());
    }

    /** Does nothing: the view was opened when reads saw what was in the log. */
    @Override
    public void settle() {}

    /** Returns none: rows are told apart by nothing. */
    @Override
    public List<String> keyColumns() {
        return List.of();
    }

    @Override
    public Optional<Long> averageRowBytes() throws SQLException {
        return catalogue.averageRowBytes();
    }

    @Override
    public boolean beginsAnywhere() {
        return false;
    }

    /** Returns none: all rows of the view are read. */
    @Override
    public Optional<JsonNode> greatestKey() {
        return Optional.empty();
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) {
        return Optional.empty();
    }

    @Override
    public ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException, TableUnreadableException {
        long before = range.after().map(this::rowsBefore).orElse(0L);
        long upTo = range.end().map(this::rowsBefore).orElse(before + limits.rows());
        return views.reported(() -> {
            RowCursor rows = at(before);
            LogView log = view.log();
            ChunkRead read = new ChunkRead(
                    shape.orElseThrow().rows(encoding, log.end(), clock.instant()),
                    row -> position(++taken),
                    limits,
                    true,
                    true);
            boolean all = rows.take(() -> taken < upTo && !read.isFull(), read::take);
            read.end();
            if (all) {
                cursor = Optional.empty();
            }
            return new ChunkRows(read.batches(), Optional.of(position(taken)), true, all, log.sees());
        });
    }

    private JsonNode position(long rows) {
        return JsonNodeFactory.instance.objectNode().put(VIEW, view.name()).put(ROWS, rows);
    }

    private long rowsBefore(JsonNode position) {
        return view.name().equals(position.path(VIEW).asText())
                ? position.path(ROWS).asLong()
                : 0;
    }

    /** Returns the rows behind the first so many. */
    private RowCursor at(long rows) throws SQLException, TableUnreadableException {
        if (cursor.isEmpty() || taken != rows) {
            cursor.ifPresent(RowCursor::giveUp);
            TableShape present = shape();
            // no index: then the order is that of the rows, and the same in every session of the view
            cursor = Optional.of(views.session()
                    .cursor("SELECT " + String.join(", ", present.selected()) + " FROM " + Sql.quoted(views.table())
                            + " USE INDEX ()" + (rows == 0 ? "" : " LIMIT " + rows + ", " + ALL)));
            taken = rows;
        }
        return cursor.orElseThrow();
    }

    private TableShape shape() throws SQLException, TableUnreadableException {
        if (shape.isEmpty()) {
            Table defined = shapes.defined(views.table(), catalogue.definition());
            shape = Optional.of(new TableShape(
                    shapes.dialect(),
                    shapes.latest(views.table(), defined, view.log().end())));
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
            views.session().cancel();
        } catch (SQLException e) {
            LOG.debug("The query that reads {} could not be cancelled", views.table(), e);
        }
    }

    @Override
    public void endCallInVain() {
        views.session().endCallInVain();
    }

    @Override
    public void close() {
        if (view.isOpen()) {
            cursor.ifPresent(RowCursor::giveUp);
        }
        views.close();
    }
}
