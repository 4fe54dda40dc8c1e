package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Whether the session's user can read whole tables. */
public final class ReadPrivileges {
    private final Connection session;

    public ReadPrivileges(Connection session) {
        this.session = session;
    }

    /** Returns what the user lacks to read a table, with the SQL that grants it; empty if nothing. */
    public Optional<String> missing(TableName table) throws SQLException {
        try {
            Rows.first(session, "SELECT * FROM " + Identifiers.quote(table) + " LIMIT 0", row -> true);
            return Optional.empty();
        } catch (SQLException e) {
            if (Codes.NOT_PERMITTED.contains(e.getErrorCode())) {
                return Optional.of("User '" + user() + "' may not read table '" + table + "', or there is none; "
                        + grant(table, user()));
            }
            throw e;
        }
    }

    /** Returns the SQL that lets a user read a table. */
    static String grant(TableName table, String user) {
        return "GRANT SELECT ON " + Identifiers.quote(table) + " TO " + Identifiers.account(user);
    }

    private String user() throws SQLException {
        String account = Rows.first(session, "SELECT current_user()", row -> row.getString(1))
                .orElseThrow();
        int at = account.lastIndexOf('@');
        return at < 0 ? account : account.substring(0, at);
    }
}
