package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the tables are there, can be read, and say which row an update or a delete was about. */
final class TableChecks {
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
