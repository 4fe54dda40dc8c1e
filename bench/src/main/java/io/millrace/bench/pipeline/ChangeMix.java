package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.BenchTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Changes of a table that is full: of ten, six are inserts, three updates and one a delete, in transactions of 200. Rows
 * that are changed lie all over the table, and no row is changed twice.
 *
 * @param count a tenth of the table's rows
 */
record ChangeMix(BenchTable table, int count) {
    private static final int PER_TRANSACTION = 200;
    private static final int INSERTS = 120;
    private static final int UPDATES = 60;
    private static final int DELETES = 20;

    /** Distance of rows that are changed: there are 3 updates for 100 rows. */
    private static final int STEP = 33;

    static ChangeMix of(BenchTable table) {
        return new ChangeMix(table, table.rows() / 10 / PER_TRANSACTION * PER_TRANSACTION);
    }

    private int transactions() {
        return count / PER_TRANSACTION;
    }

    /** Returns how many records Debezium makes of the changes: a delete is followed by its tombstone. */
    long records() {
        return count + (long) transactions() * DELETES;
    }

    /** Writes the changes, as fast as the database takes them. */
    void write() {
        run((statement, i) -> {
            statement.execute(table.insert("SELECT generate_series(" + (table.rows() + 1 + i * INSERTS) + ", "
                    + (table.rows() + (i + 1) * INSERTS) + ")"));
            statement.execute("UPDATE " + table.name() + " SET quantity = quantity + 1, note = 'changed, ' || id,"
                    + " shipped = timestamp '2026-01-01' WHERE id IN (" + ids(i, UPDATES, 1) + ")");
            statement.execute("DELETE FROM " + table.name() + " WHERE id IN (" + ids(i, DELETES, 2) + ")");
        });
    }

    /** Makes the table what it was, however many of the changes were written. */
    void undo() {
        run((statement, i) -> {
            String changed = ids(i, UPDATES, 1) + " UNION ALL " + ids(i, DELETES, 2);
            statement.execute("DELETE FROM " + table.name() + " WHERE id IN (" + changed + ") OR id BETWEEN "
                    + (table.rows() + 1 + i * INSERTS) + " AND " + (table.rows() + (i + 1) * INSERTS));
            statement.execute(table.insert(changed));
        });
        table.database().execute("VACUUM (ANALYZE, FREEZE) " + table.name(), "CHECKPOINT");
    }

    private static String ids(int transaction, int number, int first) {
        return "SELECT n * " + STEP + " + " + first + " FROM generate_series(" + transaction * number + ", "
                + (transaction * number + number - 1) + ") n";
    }

    /** Writes one transaction. */
    @FunctionalInterface
    private interface Writer {
        void write(Statement statement, int transaction) throws SQLException;
    }

    private void run(Writer writer) {
        try (Connection connection = table.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions(); i++) {
                writer.write(statement, i);
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("table " + table.name() + " cannot be changed", e);
        }
    }
}
