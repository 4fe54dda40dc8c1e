package io.millrace.database.compare;

import io.millrace.database.compare.KeyConditions.Condition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Deletes rows of one table, or marks them where deleted rows are kept. Not thread-safe. */
public final class RowRemoval {
    private final Connection session;
    private final TableSql sql;
    private final ReadTable table;
    private final boolean marking;

    RowRemoval(Connection session, TableSql sql, ReadTable table, boolean marking) {
        this.marking = marking;
        this.session = session;
        this.sql = sql;
        this.table = table;
    }

    /**
     * Deletes the rows with just these keys, all of them or none.
     *
     * @return how many there were
     */
    long remove(Collection<List<String>> keyTexts) throws SQLException {
        if (keyTexts.isEmpty()) {
            return 0;
        }
        Condition those = KeyConditions.of(sql, table).exactly(keyTexts);
        session.setAutoCommit(false);
        try (PreparedStatement statement = session.prepareStatement(change() + " WHERE " + those.text())) {
            for (int i = 0; i < those.parameters().size(); i++) {
                statement.setString(i + 1, those.parameters().get(i));
            }
            long removed = statement.executeUpdate();
            session.commit();
            return removed;
        } finally {
            // What was committed is not undone by it.
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    private String change() {
        Optional<String> mark = table.deletedMark()
                .filter(column -> marking)
                .map(ComparedColumn::name)
                .map(sql::quote);
        return mark.map(name ->
                        "UPDATE " + sql.quote(table.name()) + " AS " + TableSql.ROWS + " SET " + name + " = 'true'")
                .orElseGet(() -> sql.deletion(table.name()));
    }
}
