package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Catalogue;
import io.millrace.database.Column;
import io.millrace.database.Rows;
import io.millrace.database.UniqueKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in the database: tables (ordinary and partitioned ones), their columns and keys. Names are exact, as the
 * catalogue has them; a table that does not exist has no columns, no keys and no replica identity.
 */
public final class PostgresCatalogue implements Catalogue {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String TABLES =
            """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
            """;

    private static final String COLUMNS =
            """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """
                    .formatted(TableOid.SQL);

    private static final String UNIQUE_KEYS =
            """
            SELECT (SELECT relname FROM pg_catalog.pg_class WHERE oid = i.indexrelid),
                   (SELECT pg_catalog.array_agg(a.attname::text ORDER BY k.n)
                    FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY k(attnum, n)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                    WHERE k.n <= i.indnkeyatts),
                   i.indisprimary,
                   (SELECT NOT pg_catalog.bool_and(a.attnotnull) FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = i.indrelid
                        AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])) AS nullable
            FROM pg_catalog.pg_index i
            WHERE i.indrelid = %s AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            ORDER BY i.indisprimary DESC, nullable, i.indnkeyatts, i.indexrelid
            """
                    .formatted(TableOid.SQL);

    private final Connection session;

    public PostgresCatalogue(Connection session) {
        this.session = session;
    }

    /** Returns the schemas that users made, and {@code public}. */
    public List<String> schemas() throws SQLException {
        return Rows.all(
                session,
                """
                SELECT nspname FROM pg_catalog.pg_namespace
                WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY nspname
                """,
                row -> row.getString(1));
    }

    /** Returns the tables of these schemas, in order of their names; unlogged and temporary ones cannot be captured. */
    public List<TableName> tables(Collection<String> schemas) throws SQLException {
        return Rows.all(
                session,
                TABLES + " AND n.nspname = ANY (?) ORDER BY n.nspname, c.relname",
                row -> new TableName(row.getString(1), row.getString(2)),
                (Object) schemas.toArray(String[]::new));
    }

    /**
     * Returns the tables that bear these names, each written {@code schema.table}, unquoted. Names that no table bears
     * are left out. Where dots in names make one text fit two tables, the one with the shorter schema name is meant.
     */
    public Map<String, TableName> named(Collection<String> names) throws SQLException {
        Map<String, TableName> tables = new LinkedHashMap<>();
        List<TableName> found = Rows.all(
                session,
                TABLES + " AND n.nspname || '.' || c.relname = ANY (?) ORDER BY pg_catalog.length(n.nspname)",
                row -> new TableName(row.getString(1), row.getString(2)),
                (Object) names.stream().filter(name -> name.indexOf('\0') < 0).toArray(String[]::new));
        found.forEach(table -> tables.putIfAbsent(table.toString(), table));
        return tables;
    }

    @Override
    public boolean exists(TableName table) throws SQLException {
        return Rows.first(
                        session,
                        TABLES + " AND n.nspname = ? AND c.relname = ?",
                        row -> true,
                        table.schema(),
                        table.table())
                .isPresent();
    }

    /** Returns whether the table is partitioned; its rows are then in its partitions. */
    public boolean isPartitioned(TableName table) throws SQLException {
        return Rows.first(
                        session,
                        "SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = " + TableOid.SQL,
                        row -> row.getBoolean(1),
                        table.schema(),
                        table.table())
                .orElse(false);
    }

    /**
     * Returns whether the values of a column have an order, which the database itself has to know; a document of type
     * {@code json}, for example, has none.
     *
     * @throws SQLException also if the user may not read the table (state 42501)
     */
    @Override
    public boolean isOrdered(TableName table, String column) throws SQLException {
        try {
            String sql = "SELECT 1 FROM " + Identifiers.quote(table) + " ORDER BY " + Identifiers.quote(column);
            return ReadOnly.within(
                    session, LIMIT, () -> !Explain.texts(session, sql).isEmpty());
        } catch (SQLException e) {
            if (UNDEFINED_FUNCTION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Returns the columns in their order. */
    @Override
    public List<Column> columns(TableName table) throws SQLException {
        return Rows.all(
                session,
                COLUMNS,
                row -> new Column(row.getString(1), row.getString(2), row.getBoolean(3)),
                table.schema(),
                table.table());
    }

    /**
     * Returns the unique keys that can order chunks: valid, over whole columns, without a condition. The primary key is
     * first, then keys without nulls, then shorter ones.
     */
    @Override
    public List<UniqueKey> uniqueKeys(TableName table) throws SQLException {
        return Rows.all(
                session,
                UNIQUE_KEYS,
                row -> new UniqueKey(row.getString(1), texts(row, 2), row.getBoolean(3), row.getBoolean(4)),
                table.schema(),
                table.table());
    }

    /** Returns the columns of the primary key. */
    public Optional<UniqueKey> primaryKey(TableName table) throws SQLException {
        return uniqueKeys(table).stream().filter(UniqueKey::primary).findFirst();
    }

    @Override
    public String whenNullsAreRead() {
        return "last, without an index";
    }

    /** Returns whether a complete index begins with that column, so that the database can read in its order. */
    @Override
    public boolean isIndexed(TableName table, String column) throws SQLException {
        return Rows.first(
                        session,
                        """
                        SELECT 1
                        FROM pg_catalog.pg_index i
                        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                        JOIN pg_catalog.pg_am m ON m.oid = c.relam AND m.amname = 'btree'
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                        WHERE i.indisvalid AND i.indpred IS NULL AND a.attname = ? AND i.indrelid =
                        """
                                + TableOid.SQL,
                        row -> true,
                        column,
                        table.schema(),
                        table.table())
                .isPresent();
    }

    public Optional<ReplicaIdentity> replicaIdentity(TableName table) throws SQLException {
        return Rows.first(
                session,
                "SELECT relreplident::text FROM pg_catalog.pg_class WHERE oid = " + TableOid.SQL,
                row -> ReplicaIdentity.of(row.getString(1)),
                table.schema(),
                table.table());
    }

    /** Returns a column that is an array of text, empty where it is null. */
    private static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
