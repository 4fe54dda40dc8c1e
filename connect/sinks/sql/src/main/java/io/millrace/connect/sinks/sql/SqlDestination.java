package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables of one database. The changes of a poll are one transaction, where the product can have schema changes in it. */
final class SqlDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(SqlDestination.class);

    private final SqlSettings settings;
    private final Dialect dialect;
    private final Map<String, TableWriter> writers = new HashMap<>();
    private Optional<Connection> connection = Optional.empty();
    private long lastWrite = System.nanoTime();

    private SqlDestination(SqlSettings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
    }

    /** Opens a database. */
    static SqlDestination open(SqlSettings settings, Dialect dialect) throws SQLException {
        SqlDestination destination = new SqlDestination(settings, dialect);
        destination.connected();
        return destination;
    }

    @Override
    public void write(List<Change> changes) throws SQLException, RefusedException {
        Map<String, List<Change>> byTable = new LinkedHashMap<>();
        for (Change change : changes) {
            byTable.computeIfAbsent(change.table(), table -> new ArrayList<>()).add(change);
        }
        try {
            for (Map.Entry<String, List<Change>> table : byTable.entrySet()) {
                writers.computeIfAbsent(table.getKey(), this::writer).write(connected(), table.getValue());
            }
            connected().commit();
            lastWrite = System.nanoTime();
        } catch (RefusedException e) {
            undo();
            throw e;
        } catch (SQLException e) {
            undo();
            if (dialect.isRefusal(e)) {
                throw new RefusedException(e.getMessage(), e);
            }
            throw e;
        }
    }

    /** Lets go of a file that others may want to read, when nothing has come for a while. */
    @Override
    public void idle() {
        Optional<Duration> rest = dialect.restsAfter();
        if (connection.isPresent()
                && rest.isPresent()
                && System.nanoTime() - lastWrite > rest.get().toNanos()) {
            close();
        }
    }

    private TableWriter writer(String table) {
        return new TableWriter(dialect, settings, new TableName(settings.schema(), dialect.folded(table)));
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(dialect.connect(settings));
        }
        return connection.get();
    }

    private void undo() {
        writers.values().forEach(TableWriter::forget);
        connection.ifPresent(open -> {
            try {
                open.rollback();
            } catch (SQLException e) {
                LOG.debug("Connection is of no use any more", e);
                close();
            }
        });
    }

    @Override
    public void close() {
        connection.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("Connection was lost already", e);
            }
        });
        connection = Optional.empty();
    }
}
