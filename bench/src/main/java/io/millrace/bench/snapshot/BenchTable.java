package io.millrace.bench.snapshot;

import io.millrace.control.TableName;
import io.millrace.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A table of twelve columns and about 180 bytes a row: whole numbers, a decimal, a double, a truth value, times with and
 * without zone, a date, a uuid and two texts, some of them null, empty or beyond ASCII. Keys run from 1 to the number of
 * rows; a row is computed from its key.
 */
public record BenchTable(PostgresDatabase database, String name, int rows) {
    private static final String COLUMNS =
            """
            id bigint PRIMARY KEY,
            shop smallint NOT NULL,
            quantity integer NOT NULL,
            price numeric(12,2) NOT NULL,
            rate double precision,
            paid boolean NOT NULL,
            ordered timestamptz NOT NULL,
            shipped timestamp,
            due date NOT NULL,
            reference uuid NOT NULL,
            customer text NOT NULL,
            note text""";

    private static final String ROW =
            """
            SELECT n, n % 400, n * 7 % 100000, (n % 900000 - 1000) / 100.0, CASE WHEN n % 9 > 0 THEN n / 7.0 END,
                   n % 3 = 0, timestamptz '1969-12-01 00:00:00Z' + n * interval '1.000001 minute',
                   CASE WHEN n % 5 > 0 THEN timestamp '2020-01-01' + n * interval '17.5 seconds' END,
                   date '2024-02-29' + (n % 3000)::integer, md5('order ' || n)::uuid,
                   CASE WHEN n % 100 = 0 THEN 'Zoë 🙂 ' ELSE 'Customer ' END || n,
                   CASE WHEN n % 10 = 0 THEN NULL WHEN n % 10 = 1 THEN ''
                        ELSE 'leave it with the neighbour, ' || md5('note ' || n) || repeat('.', (n % 21)::integer) END
            """;

    /** Makes the table, empty. */
    public static BenchTable empty(PostgresDatabase database, String name, int rows) {
        database.execute("CREATE TABLE " + name + " (" + COLUMNS + ")");
        return new BenchTable(database, name, rows);
    }

    /** Makes the table with its rows, in the state in which it is after autovacuum has been. */
    public static BenchTable filled(PostgresDatabase database, String name, int rows) {
        BenchTable table = empty(database, name, rows);
        table.fill(rows);
        database.execute("VACUUM (ANALYZE, FREEZE) " + name, "CHECKPOINT");
        return table;
    }

    /** Inserts all rows, a transaction for each {@code rowsPerTransaction} of them. */
    void fill(int rowsPerTransaction) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int first = 1; first <= rows; first += rowsPerTransaction) {
                int last = Math.min(rows, first + rowsPerTransaction - 1);
                statement.execute(insert("SELECT generate_series(" + first + ", " + last + ")"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Table " + name + " cannot be filled", e);
        }
    }

    /** Returns the statement that inserts the rows of some keys, which a query gives. */
    public String insert(String keys) {
        return "INSERT INTO " + name + " " + ROW + " FROM (" + keys + ") keys (n)";
    }

    TableName tableName() {
        return new TableName("public", name);
    }

    /** Returns bytes in the table's pages for each row. */
    double bytesPerRow() {
        String size =
                database.query("SELECT pg_relation_size('" + name + "')").get(0).get(0);
        return Double.parseDouble(size) / rows;
    }

    /** Returns the digest of each row, that of key {@code n} at {@code n}. */
    long[] digests() {
        long[] digests = new long[rows + 1];
        String sql = "SELECT id, shop, quantity, price, rate, paid,"
                + " to_char(ordered AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS ordered,"
                + " (extract(epoch FROM shipped) * 1000000)::bigint AS shipped, due - date '1970-01-01' AS due,"
                + " reference, customer, note FROM " + name;
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(5_000);
                ResultSet row = statement.executeQuery(sql);
                while (row.next()) {
                    digests[row.getInt("id")] = RowDigest.of(column -> value(row, column));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Table " + name + " cannot be read", e);
        }
        return digests;
    }

    private static @Nullable Object value(ResultSet row, String column) {
        try {
            Object value = row.getObject(column);
            return column.equals("price") ? row.getBigDecimal(column).unscaledValue() : value;
        } catch (SQLException e) {
            throw new IllegalStateException("Column " + column + " cannot be read", e);
        }
    }
}
