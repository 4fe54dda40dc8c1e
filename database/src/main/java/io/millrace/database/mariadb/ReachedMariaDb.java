package io.millrace.database.mariadb;

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

/** A server of MariaDB or MySQL with all its databases, over one session that is closed with it. */
public final class ReachedMariaDb implements ReachedDatabase {
    private final Connection session;
    private final MariaDbCatalogue catalogue;

    public ReachedMariaDb(Connection session) {
        this.session = session;
        this.catalogue = new MariaDbCatalogue(session);
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Nothing can be written into the binary log without a table. */
    @Override
    public MarkerKind marker() {
        return MarkerKind.POSITION;
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
        return new TableStatistics(session).rows(table, filter);
    }

    @Override
    public long bytes(TableName table) throws SQLException {
        return new TableStatistics(session).bytes(table);
    }

    @Override
    public Optional<String> chunkIndex(TableName table, SnapshotKey key, Optional<String> filter) throws SQLException {
        return key.columns().isEmpty() ? Optional.empty() : catalogue.indexOver(table, key.columns());
    }

    @Override
    public List<String> warnings(TableName table) throws SQLException {
        List<String> warnings = new ArrayList<>();
        String engine = catalogue.engine(table).orElse("");
        if (!engine.equalsIgnoreCase("InnoDB")) {
            warnings.add(
                    "Table " + table + " is of engine " + engine + ", which has no consistent reads; rows that change"
                            + " while they are read may be read half way; ALTER TABLE " + Identifiers.quote(table)
                            + " ENGINE = InnoDB");
        }
        if (catalogue.uniqueKeys(table).isEmpty()) {
            warnings.add(
                    "Table " + table + " has no unique key; what changes while a chunk is read makes the chunk be read"
                            + " again, so a busy table may not get done");
        }
        return warnings;
    }

    @Override
    public List<String> blockingWarnings(TableName table) throws SQLException {
        boolean keyed = catalogue.uniqueKeys(table).stream().anyMatch(key -> !key.nullable());
        return keyed
                ? List.of()
                : List.of(
                        "Table " + table + " has no unique key without nulls, so one connection reads all of it; a run"
                                + " that is cut off in the middle reads it again from its first row, and rows arrive twice");
    }

    @Override
    public Optional<String> noSharedView(TableName table) throws SQLException {
        return catalogue.keepsToSnapshots(table)
                ? Optional.empty()
                : Optional.of("Table '" + table + "' is of engine "
                        + catalogue.engine(table).orElse("")
                        + ", which has no consistent reads, so it cannot be read in"
                        + " one view with others; use snapshot_type 'incremental', or ALTER TABLE "
                        + Identifiers.quote(table) + " ENGINE = InnoDB");
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
                || !new FilterCheck(session).mayChange(range.filter().get());
        return steady ? new KeyScan(session, table, range).read(most, keys) : Optional.empty();
    }

    /** The server does not know how far a reader of its log is; a later record in the topic tells. */
    @Override
    public boolean hasPassed(String position) {
        return false;
    }

    /** Nothing can be put into the log without changing data; heartbeats move an idle stream. */
    @Override
    public void nudge() {}

    @Override
    public ComparedDatabase compared() {
        return new ComparedDatabase(session, new MariaDbTables());
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
