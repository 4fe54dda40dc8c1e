package io.millrace.database.compare;

import io.millrace.control.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database of which tables are compared, over one session that is closed with it. Not thread-safe. */
public final class ComparedDatabase implements AutoCloseable {
    private final Connection session;
    private final TableSql sql;

    /** @param session in auto-commit mode */
    public ComparedDatabase(Connection session, TableSql sql) {
        this.session = session;
        this.sql = sql;
    }

    /** Returns the columns of a table in their order; none where there is no such table. */
    public List<ComparedColumn> columns(TableName table) throws SQLException {
        return sql.columns(session, table);
    }

    /** Returns what reads a table. */
    public TableReader reader(ReadTable table) {
        return new TableReader(session, sql, table);
    }

    /**
     * Returns what deletes rows of a table.
     *
     * @param marking whether deleted rows are kept with a mark, in a table that has a column for it
     */
    public RowRemoval removal(ReadTable table, boolean marking) {
        return new RowRemoval(session, sql, table, marking);
    }

    /** Returns the condition, for queries of its own, that is true for the rows of a plan and perhaps for some more. */
    public String condition(ReadTable table, RepairPlan plan) {
        return plan.condition(sql.alone(), table);
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
