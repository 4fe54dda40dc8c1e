package io.millrace.database.postgresql;

import io.millrace.control.MarkerKind;
import io.millrace.control.TableName;
import io.millrace.database.Catalogue;
import io.millrace.database.FilterRefusal;
import io.millrace.database.KeyRange;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import io.millrace.database.SurrogateValues;
import io.millrace.database.TableView;
import io.millrace.database.compare.ComparedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A PostgreSQL database, over one session that is closed with it. */
public final class ReachedPostgres implements ReachedDatabase {
    private final Connection session;
    private final String slot;
    private final PostgresCatalogue catalogue;

    /**
     * Makes one.
     *
     * @param slot replication slot through which the source reads the log
     */
    public ReachedPostgres(Connection session, String slot) {
        this.session = session;
        this.slot = slot;
        this.catalogue = new PostgresCatalogue(session);
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public MarkerKind marker() throws SQLException {
        return new LogMessages(session).canBeWritten() ? MarkerKind.LOG_MESSAGE : MarkerKind.POSITION;
    }

    @Override
    public Optional<String> missingPrivilege(TableName table) throws SQLException {
        return new ReadPrivileges(session).missing(table);
    }

    @Override
    public Optional<FilterRefusal> refusal(TableName table, String filter) throws SQLException {
        return new FilterCheck(session).refusal(table, filter);
    }

    @Override
    public RowCount planned(TableName table, Optional<String> filter) throws SQLException {
        return new TableStatistics(session).planned(table, filter);
    }

    @Override
    public RowCount rows(TableName table, Optional<String> filter) throws SQLException {
        TableStatistics statistics = new TableStatistics(session);
        return filter.isEmpty() ? statistics.rows(table) : statistics.rowsMatching(table, filter.get());
    }

    @Override
    public long bytes(TableName table) throws SQLException {
        return new TableStatistics(session).bytes(table);
    }

    @Override
    public Optional<String> chunkIndex(TableName table, SnapshotKey key, Optional<String> filter) throws SQLException {
        return new TableStatistics(session).chunkIndex(table, key, filter);
    }

    @Override
    public List<String> warnings(TableName table) throws SQLException {
        List<String> warnings = new ArrayList<>();
        boolean full = catalogue
                .replicaIdentity(table)
                .filter(identity -> identity == ReplicaIdentity.FULL)
                .isPresent();
        if (!full && catalogue.uniqueKeys(table).isEmpty()) {
            // then a change in the stream does not say which row of a chunk it was about
            warnings.add("Table " + table + " has no unique key and its replica identity is not FULL, so updates and"
                    + " deletes of it are refused or do not say which row they mean; ALTER TABLE " + table
                    + " REPLICA IDENTITY FULL");
        }
        warnings.addAll(blockingWarnings(table));
        return warnings;
    }

    @Override
    public List<String> blockingWarnings(TableName table) throws SQLException {
        return new ReadPrivileges(session).hidesRows(table)
                ? List.of("Row level security hides rows of table " + table
                        + " from the source's user; only those that it sees are read.")
                : List.of();
    }

    @Override
    public Optional<String> noSharedView(TableName table) {
        return Optional.empty();
    }

    @Override
    public List<String> surrogateWarnings(TableName table, String column) throws SQLException {
        return new SurrogateValues((sql, limit) -> ReadOnly.number(session, sql, limit), Identifiers::quote)
                .warnings(table, column);
    }

    @Override
    public Optional<Long> count(TableName table, KeyRange range, Duration limit) throws SQLException {
        return new RangeRows(session, table, range).count(limit);
    }

    @Override
    public Optional<TableView> view(TableName table, KeyRange range, long most, Consumer<List<String>> keys)
            throws SQLException {
        boolean steady = range.filter().isEmpty()
                || !new FilterCheck(session).mayChange(table, range.filter().get());
        return steady ? new KeyScan(session, table, range).read(most, keys) : Optional.empty();
    }

    @Override
    public boolean hasPassed(String position) throws SQLException {
        return new ReplicationSlots(session).hasPassed(slot, position);
    }

    @Override
    public void nudge() throws SQLException {
        new LogMessages(session).nudge();
    }

    @Override
    public ComparedDatabase compared() {
        return new ComparedDatabase(session, new PostgresTables());
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
