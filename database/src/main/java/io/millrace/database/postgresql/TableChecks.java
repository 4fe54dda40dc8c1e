package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.Rows;
import io.millrace.database.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the tables are there, can be read, say which row an update or a delete was about, and hold what a record can say. */
final class TableChecks {
    /** Asks the statistics, for a table may be too large to look through. */
    private static final String NO_EXACT_DECIMALS =
            """
            SELECT DISTINCT s.attname FROM pg_catalog.pg_stats s
            JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
            WHERE s.schemaname = ? AND s.tablename = ? AND a.attnotnull
                AND a.atttypid = 'pg_catalog.numeric'::pg_catalog.regtype
                AND pg_catalog.concat(s.most_common_vals::text, s.histogram_bounds::text) ~ 'NaN|Infinity'
            """;

    private final Connection session;
    private final String user;
    private final List<String> wanted;
    private final Map<String, TableName> found;

    TableChecks(Connection session, String user, List<String> wanted, Map<String, TableName> found) {
        this.session = session;
        this.user = user;
        this.wanted = wanted;
        this.found = found;
    }

    Check access() throws SQLException {
        List<String> problems = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        List<String> missing =
                wanted.stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            problems.add("There is no table " + String.join(", ", missing) + ".");
            remedies.add("Create it, or take it out of the list; names are exact, and written schema.table.");
        }
        String role = Identifiers.quote(user);
        for (TableName table : found.values()) {
            if (!may("pg_catalog.has_schema_privilege(?, 'USAGE')", table.schema())) {
                problems.add("User '" + user + "' may not use schema " + table.schema() + ".");
                remedies.add("GRANT USAGE ON SCHEMA " + Identifiers.quote(table.schema()) + " TO " + role + ";");
            }
            if (!may("pg_catalog.has_table_privilege(?::pg_catalog.oid, 'SELECT')", oid(table))) {
                problems.add("User '" + user + "' may not read " + table + ".");
                remedies.add("GRANT SELECT ON " + Identifiers.quote(table) + " TO " + role + ";");
            }
        }
        return problems.isEmpty()
                ? Check.passed(CheckNames.TABLE_ACCESS, "Tables that can be read: " + found.size() + ".")
                : Check.failed(CheckNames.TABLE_ACCESS, joined(problems), joined(remedies));
    }

    Check replicaIdentity() throws SQLException {
        PostgresCatalogue catalogue = new PostgresCatalogue(session);
        List<String> problems = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (TableName table : found.values()) {
            Optional<UniqueKey> key = catalogue.uniqueKeys(table).stream().findFirst();
            ReplicaIdentity identity = catalogue.replicaIdentity(table).orElse(ReplicaIdentity.NOTHING);
            boolean bare = identity == ReplicaIdentity.NOTHING
                    || identity == ReplicaIdentity.DEFAULT
                            && !key.map(UniqueKey::primary).orElse(false);
            if (bare) {
                problems.add("Updates and deletes of " + table
                        + " fail once it is published: its replica identity names no column.");
                remedies.add("ALTER TABLE " + Identifiers.quote(table) + " REPLICA IDENTITY FULL;");
            }
            if (key.isEmpty()) {
                problems.add("Table " + table + " has no key; its snapshot needs a surrogate key.");
                remedies.add("Add a primary key to " + table + ", or name a surrogate key.");
            }
        }
        return problems.isEmpty()
                ? Check.passed(CheckNames.REPLICA_IDENTITY, "Every table says which row a change was about.")
                : Check.warned(CheckNames.REPLICA_IDENTITY, joined(problems), joined(remedies));
    }

    Check values() throws SQLException {
        List<String> columns = new ArrayList<>();
        for (TableName table : found.values()) {
            Rows.all(session, NO_EXACT_DECIMALS, row -> row.getString(1), table.schema(), table.table())
                    .forEach(column -> columns.add(table + "." + column));
        }
        return columns.isEmpty()
                ? Check.passed(CheckNames.COLUMN_VALUES, "No value is known that a record cannot hold.")
                : Check.warned(
                        CheckNames.COLUMN_VALUES,
                        "NaN or infinity is in " + String.join(", ", columns)
                                + ", which may not be null: a snapshot of the"
                                + " table fails there, and a change of such a row stops the source, because decimals in"
                                + " records are exact.",
                        "Change those values and keep them out with ADD CHECK (column <> 'NaN'), or leave the columns out.");
    }

    private long oid(TableName table) throws SQLException {
        return Rows.first(session, "SELECT " + TableOid.SQL, row -> row.getLong(1), table.schema(), table.table())
                .orElse(0L);
    }

    private boolean may(String privilege, Object subject) throws SQLException {
        return Rows.first(session, "SELECT " + privilege, row -> row.getBoolean(1), subject)
                .orElse(false);
    }

    private static String joined(Collection<String> sentences) {
        return String.join(" ", sentences);
    }
}
