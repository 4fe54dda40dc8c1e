package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.EstimateKind;
import io.millrace.database.RowCount;
import io.millrace.database.Rows;
import io.millrace.database.SnapshotKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * How much there is to read of a table, partitions and inheriting tables included. No answer takes much longer than two
 * seconds: what cannot be counted in that time is estimated.
 */
public final class TableStatistics {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final long SMALL = 50_000;
    private static final String TREE =
            """
            WITH RECURSIVE tree(oid) AS (
                SELECT %s
                UNION
                SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid)
            """
                    .formatted(TableOid.SQL);

    private final Connection session;

    public TableStatistics(Connection session) {
        this.session = session;
    }

    /** Returns the rows of a table: by statistics; counted where there are none yet, or the table is small. */
    public RowCount rows(TableName table) throws SQLException {
        Optional<Long> analysed = Rows.first(
                        session,
                        TREE
                                + """
                                SELECT CASE WHEN pg_catalog.min(c.reltuples) >= 0 THEN pg_catalog.sum(c.reltuples) END
                                FROM tree JOIN pg_catalog.pg_class c USING (oid) WHERE c.relkind = 'r'
                                """,
                        row -> Optional.ofNullable(row.getObject(1)).map(rows -> ((Number) rows).longValue()),
                        table.schema(),
                        table.table())
                .flatMap(rows -> rows);
        if (analysed.isPresent() && analysed.get() > SMALL) {
            return new RowCount(analysed.get(), EstimateKind.ESTIMATED);
        }
        return counted(" FROM " + Identifiers.quote(table));
    }

    /** Returns the rows that the planner expects; nothing is counted and the answer comes at once. */
    public RowCount planned(TableName table, Optional<String> filter) throws SQLException {
        String sql = "SELECT 1 FROM " + Identifiers.quote(table)
                + filter.map(condition -> " WHERE (\n" + condition + "\n)").orElse("");
        return ReadOnly.within(session, LIMIT, () -> new RowCount(Explain.rows(session, sql), EstimateKind.ESTIMATED));
    }

    /**
     * Returns the rows that a filter lets through: counted, or estimated by the planner.
     *
     * @param filter one that the {@link FilterCheck} took
     */
    public RowCount rowsMatching(TableName table, String filter) throws SQLException {
        return counted(" FROM " + Identifiers.quote(table) + " WHERE (\n" + filter + "\n)");
    }

    private RowCount counted(String from) throws SQLException {
        try {
            return ReadOnly.within(
                    session, LIMIT, () -> new RowCount(number("SELECT count(*)" + from), EstimateKind.EXACT));
        } catch (SQLException e) {
            if (!ReadOnly.ranOutOfTime(e)) {
                throw e;
            }
            return ReadOnly.within(
                    session,
                    LIMIT,
                    () -> new RowCount(Explain.rows(session, "SELECT 1" + from), EstimateKind.ESTIMATED));
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Returns the bytes that the rows take on disk, large values included, indexes not. */
    public long bytes(TableName table) throws SQLException {
        return Rows.first(
                        session,
                        TREE + "SELECT coalesce(pg_catalog.sum(pg_catalog.pg_table_size(oid)), 0) FROM tree",
                        row -> row.getLong(1),
                        table.schema(),
                        table.table())
                .orElse(0L);
    }

    /** Returns the index that serves the chunk queries of a key; empty where the whole table would be scanned. */
    public Optional<String> chunkIndex(TableName table, SnapshotKey key) throws SQLException {
        return chunkIndex(table, key, Optional.empty());
    }

    /** As {@link #chunkIndex(TableName, SnapshotKey)}, with the filter in the plan. */
    public Optional<String> chunkIndex(TableName table, SnapshotKey key, Optional<String> filter) throws SQLException {
        if (key.columns().isEmpty()) {
            return Optional.empty();
        }
        return ReadOnly.within(session, LIMIT, () -> {
            try (Statement statement = session.createStatement()) {
                // a small table is scanned and sorted by choice; the question is whether it has to be
                statement.execute("SET LOCAL enable_sort = off");
                statement.execute("SET LOCAL enable_seqscan = off");
            }
            return Explain.orderingIndex(
                    session,
                    "SELECT * FROM " + Identifiers.quote(table)
                            + filter.map(condition -> " WHERE (\n" + condition + "\n)")
                                    .orElse("")
                            + " ORDER BY " + Identifiers.list(key.columns())
                            + " LIMIT 1000");
        });
    }
}
