package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connect.snapshot.Batch;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.Row;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.postgresql.TableCatalogue.KeyColumn;
import io.millrace.control.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final int SETTLE_SECONDS = 2;

    private final ReaderSession session;
    private final TableName table;
    private final TableCatalogue catalogue;
    private final List<KeyColumn> key;
    private final ChunkQuery query;
    private final Optional<String> surrogateKey;
    private String fingerprint = "";
    private Optional<TableShape> shape = Optional.empty();
    private volatile Optional<Statement> running = Optional.empty();

    PostgresTableConnection(
            ReaderSession session, TableName table, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        this.session = session;
        this.table = table;
        this.surrogateKey = surrogateKey;
        this.catalogue = new TableCatalogue(session, table);
        this.key = catalogue.keyColumns(surrogateKey);
        boolean unique = surrogateKey.isEmpty() || key.size() > 1;
        this.query = new ChunkQuery(table, key, filter, unique);
    }

    /**
     * A commit that waits for all standbys ends behind all that are in the log before it, for they are released in that
     * order; what has not quite ended then is given {@value #SETTLE_SECONDS} s to become visible.
     */
    @Override
    public void settle() throws SQLException {
        session.execute("SET synchronous_commit = 'remote_apply'");
        mark(PostgresSourceConnector.MARKER_PREFIX + "settled");
        session.execute("SET synchronous_commit = 'local'");
        Visibility ending = view();
        for (int i = 0; i < SETTLE_SECONDS * 20 && view().lacksAnyOf(ending.inProgress()); i++) {
            session.execute("SELECT pg_sleep(0.05)");
        }
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
        return inView(() -> select(
                query.greatest(),
                result -> result.next() ? Optional.of(query.keyOf(result, 1, false)) : Optional.<JsonNode>empty()));
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException, TableUnreadableException {
        if (range.greatest().isEmpty() || query.isAmongNulls(range) || !query.isUnique()) {
            return Optional.empty();
        }
        return inView(() -> select(
                query.boundary(range, rows),
                result -> result.next() && result.getLong(1) == rows
                        ? Optional.of(query.keyOf(result, 2, false))
                        : Optional.<JsonNode>empty()));
    }

    @Override
    public ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException, TableUnreadableException {
        if (range.greatest().isEmpty() && !query.hasNullableKey()) {
            return new ChunkRows(List.of(), Optional.empty(), true, true, streamed -> true); // the table was empty
        }
        return inView(() -> {
            Visibility view = view();
            TableShape present = presentShape();
            return select(
                    query.rows(present.columns(), range, limits.rows()),
                    result -> rows(range, limits, present, view, result));
        });
    }

    private ChunkRows rows(ChunkRange range, ChunkLimits limits, TableShape present, Visibility view, ResultSet result)
            throws SQLException {
        boolean amongNulls = query.isAmongNulls(range);
        int columns = present.columns().size();
        List<Row> rows = new ArrayList<>();
        Optional<JsonNode> end = Optional.empty();
        long bytes = 0;
        Instant now = Instant.now();
        while (result.next()) {
            rows.add(present.row(result, now));
            for (int i = 1; i <= columns; i++) {
                byte[] value = result.getBytes(i);
                bytes += value == null ? 0 : value.length;
            }
            if (result.isLast()) {
                end = Optional.of(query.keyOf(result, columns + 1, amongNulls));
            }
        }
        List<Batch> batches = rows.isEmpty() ? List.of() : List.of(new Batch(rows, end, bytes));
        if (range.end().isPresent()) {
            boolean last = !query.hasNullableKey() && range.end().equals(range.greatest());
            return new ChunkRows(batches, range.end(), true, last, view);
        }
        boolean complete = rows.size() < limits.rows();
        if (complete && !amongNulls) {
            return new ChunkRows(batches, range.greatest(), true, !query.hasNullableKey(), view);
        }
        return new ChunkRows(batches, end, true, complete, view);
    }

    private Visibility view() throws SQLException {
        try (PreparedStatement statement = session.jdbc().prepareStatement("SELECT pg_current_snapshot()::text");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return Visibility.parse(result.getString(1));
        }
    }

    private TableShape presentShape() throws SQLException, TableUnreadableException {
        String present = catalogue.fingerprint();
        if (shape.isPresent() && present.equals(fingerprint)) {
            return shape.get();
        }
        if (!catalogue.keyColumns(surrogateKey).equals(key)) {
            throw new TableUnreadableException("The key of table " + table
                    + " changed during its snapshot. Take the snapshot again, from the start.");
        }
        TableShape read = TableShape.read(session, table);
        shape = Optional.of(read);
        fingerprint = present;
        return read;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException, TableUnreadableException;
    }

    @FunctionalInterface
    private interface ResultReader<T> {
        T read(ResultSet result) throws SQLException;
    }

    private <T> T inView(Work<T> work) throws SQLException, TableUnreadableException {
        try {
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE "
                    + TableCatalogue.quoted(table) + " IN ACCESS SHARE MODE");
            T done = work.run();
            session.execute("COMMIT");
            return done;
        } catch (SQLException e) {
            rollBack();
            throw lasting(e);
        } catch (TableUnreadableException e) {
            rollBack();
            throw e;
        } catch (RuntimeException e) {
            rollBack();
            throw lasting(SqlCause.of(e).orElseThrow(() -> e));
        }
    }

    /** Tells what trying again may mend from what it will not. */
    private SQLException lasting(SQLException e) throws TableUnreadableException {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42P01") || state.equals("3F000")) {
            throw TableCatalogue.missing(table);
        }
        if (state.startsWith("42") || state.startsWith("22") || state.startsWith("0A")) {
            throw new TableUnreadableException("Table " + table + " cannot be read: " + e.getMessage());
        }
        return e;
    }

    private void rollBack() {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("The connection that read {} is gone", table, e);
        }
    }

    private <T> T select(String sql, ResultReader<T> reader) throws SQLException {
        try (Statement statement = session.jdbc().createStatement()) {
            statement.setEscapeProcessing(false);
            running = Optional.of(statement);
            try (ResultSet result = statement.executeQuery(sql)) {
                return reader.read(result);
            } finally {
                running = Optional.empty();
            }
        }
    }

    @Override
    public Mark mark(String marker) throws SQLException {
        try (PreparedStatement statement =
                session.jdbc().prepareStatement("SELECT pg_logical_emit_message(true, ?, '')")) {
            statement.setString(1, marker);
            statement.execute();
        }
        return new Mark.Text(marker);
    }

    @Override
    public void cancel() {
        running.ifPresent(statement -> {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.debug("The query that reads {} could not be cancelled", table, e);
            }
        });
    }

    @Override
    public void close() {
        session.close();
    }
}
