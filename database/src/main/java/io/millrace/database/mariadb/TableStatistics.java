package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.EstimateKind;
import io.millrace.database.RowCount;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * How much there is to read of a table. No answer takes much longer than two seconds: what cannot be counted in that time
 * is estimated.
 */
public final class TableStatistics {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final long SMALL = 50_000;
    private static final double PERCENT = 100;

    private final Connection session;

    public TableStatistics(Connection session) {
        this.session = session;
    }

    /** Returns the rows by statistics, or as the planner expects them behind a filter; nothing is counted. */
    public RowCount planned(TableName table, Optional<String> filter) throws SQLException {
        long rows = filter.isEmpty()
                ? number(table, "TABLE_ROWS")
                : ReadOnly.within(session, LIMIT, () -> expected(table, filter.get()));
        return new RowCount(rows, EstimateKind.ESTIMATED);
    }

    /**
     * Returns the rows: counted where the table is small or that is quick, else estimated.
     *
     * @param filter one that the {@link FilterCheck} took
     */
    public RowCount rows(TableName table, Optional<String> filter) throws SQLException {
        if (filter.isEmpty() && number(table, "TABLE_ROWS") > SMALL) {
            return planned(table, filter);
        }
        Optional<Long> counted = ReadOnly.number(session, "SELECT count(*)" + from(table, filter), LIMIT);
        return counted.isPresent() ? new RowCount(counted.get(), EstimateKind.EXACT) : planned(table, filter);
    }

    /** Returns the bytes that the rows take on disk; indexes are not counted but for the one that holds the rows. */
    public long bytes(TableName table) throws SQLException {
        return number(table, "DATA_LENGTH");
    }

    private long number(TableName table, String column) throws SQLException {
        return Rows.first(
                        session,
                        "SELECT coalesce(" + column
                                + ", 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
                        row -> row.getLong(1),
                        table.schema(),
                        table.table())
                .orElse(0L);
    }

    private long expected(TableName table, String filter) throws SQLException {
        String explain = Product.of(session) == Product.MARIADB ? "EXPLAIN EXTENDED " : "EXPLAIN ";
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet plan = statement.executeQuery(explain + "SELECT 1" + from(table, Optional.of(filter)))) {
                // the first line is the table's; a condition that nothing meets has a line without numbers
                return plan.next() ? Math.round(plan.getLong("rows") * plan.getDouble("filtered") / PERCENT) : 0;
            }
        }
    }

    private static String from(TableName table, Optional<String> filter) {
        return " FROM " + Identifiers.quote(table)
                + filter.map(condition -> " WHERE (\n" + condition + "\n)").orElse("");
    }
}
