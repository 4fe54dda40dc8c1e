package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the session's user can read whole tables. */
public final class ReadPrivileges {
    private final Connection session;

    public ReadPrivileges(Connection session) {
        this.session = session;
    }

    /** Returns what the user lacks to read a table that exists, with the SQL that grants it; empty if nothing. */
    public Optional<String> missing(TableName table) throws SQLException {
        String user = Rows.first(session, "SELECT current_user", row -> row.getString(1))
                .orElseThrow();
        List<String> sentences = new ArrayList<>();
        if (!is("SELECT pg_catalog.has_schema_privilege(?, 'USAGE')", table.schema())) {
            sentences.add("User '" + user + "' may not use schema '" + table.schema() + "'; GRANT USAGE ON SCHEMA "
                    + Identifiers.quote(table.schema()) + " TO " + Identifiers.quote(user));
        }
        boolean mayRead = is(
                """
                SELECT coalesce(pg_catalog.bool_and(pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')), true)
                FROM pg_catalog.pg_attribute a
                WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid =
                """
                        + TableOid.SQL,
                table.schema(),
                table.table());
        if (!mayRead) {
            sentences.add("User '" + user + "' may not read table '" + table + "'; GRANT SELECT ON "
                    + Identifiers.quote(table) + " TO " + Identifiers.quote(user));
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", sentences));
    }

    /** Returns whether policies hide rows of the table from the user. */
    public boolean hidesRows(TableName table) throws SQLException {
        return is("SELECT pg_catalog.row_security_active(" + TableOid.SQL + ")", table.schema(), table.table());
    }

    private boolean is(String sql, Object... parameters) throws SQLException {
        return Rows.first(session, sql, row -> row.getBoolean(1), parameters).orElse(false);
    }
}
