package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The publications of a database. Those made here hold exactly the given tables, every kind of change, and changes of
 * partitions under the name of the partitioned table.
 */
public final class Publications {
    private static final int WITH_ROW_FILTERS = 15;
    private static final String MEMBERS =
            """
            SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables WHERE pubname = ?
            UNION
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_publication p
            JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
            JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ?
            """;
    private static final String NARROWED =
            """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_publication p
            JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
            JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ? AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL)
            """;

    private final Connection session;

    public Publications(Connection session) {
        this.session = session;
    }

    public Optional<Publication> find(String name) throws SQLException {
        Set<TableName> tables = tables(MEMBERS, name, name);
        boolean canNarrow = session.getMetaData().getDatabaseMajorVersion() >= WITH_ROW_FILTERS;
        Set<TableName> narrowed = canNarrow ? tables(NARROWED, name) : Set.of();
        return Rows.first(
                session,
                """
                SELECT puballtables, pubviaroot, pubinsert, pubupdate, pubdelete, pubtruncate
                FROM pg_catalog.pg_publication WHERE pubname = ?
                """,
                row -> new Publication(name, row.getBoolean(1), tables, operations(row), row.getBoolean(2), narrowed),
                name);
    }

    private Set<TableName> tables(String sql, Object... parameters) throws SQLException {
        return new HashSet<>(
                Rows.all(session, sql, row -> new TableName(row.getString(1), row.getString(2)), parameters));
    }

    private static Set<String> operations(ResultSet row) throws SQLException {
        Set<String> operations = new HashSet<>();
        int column = 3;
        for (String operation : PublicationGaps.OPERATIONS) {
            if (row.getBoolean(column++)) {
                operations.add(operation);
            }
        }
        return operations;
    }

    /** Makes a publication of exactly these tables. */
    public void create(String name, Collection<TableName> tables) throws SQLException {
        execute(creation(name, tables));
    }

    /** Returns the statement that makes a publication of exactly these tables. */
    public static String creation(String name, Collection<TableName> tables) {
        return "CREATE PUBLICATION " + Identifiers.quote(name)
                + (tables.isEmpty() ? "" : " FOR TABLE " + Identifiers.tables(tables))
                + " WITH (publish_via_partition_root = true)";
    }

    /** Makes a publication that lists its tables hold exactly these. */
    public void setTables(String name, Collection<TableName> tables) throws SQLException {
        if (!tables.isEmpty()) {
            execute("ALTER PUBLICATION " + Identifiers.quote(name) + " SET TABLE " + Identifiers.tables(tables));
            return;
        }
        List<TableName> present = List.copyOf(tables(MEMBERS, name, name));
        if (!present.isEmpty()) {
            execute("ALTER PUBLICATION " + Identifiers.quote(name) + " DROP TABLE " + Identifiers.tables(present));
        }
    }

    /** Drops a publication; one that does not exist is left so. */
    public void drop(String name) throws SQLException {
        execute("DROP PUBLICATION IF EXISTS " + Identifiers.quote(name));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
