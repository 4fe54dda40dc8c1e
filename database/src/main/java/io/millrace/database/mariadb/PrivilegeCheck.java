package io.millrace.database.mariadb;

import io.millrace.database.Check;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the user may read the binary log and ask how far it is. */
final class PrivilegeCheck {
    private static final Pattern GLOBAL = Pattern.compile("GRANT (.*) ON \\*\\.\\* TO .*", Pattern.DOTALL);
    private static final String EVERYTHING = "ALL PRIVILEGES";
    private static final String READ_LOG = "REPLICATION SLAVE";

    /** Names that releases have given to one right. */
    private static final Set<String> ASK_LOG = Set.of("BINLOG MONITOR", "REPLICATION CLIENT");

    private final Connection session;
    private final String user;

    PrivilegeCheck(Connection session, String user) {
        this.session = session;
        this.user = user;
    }

    Check run() throws SQLException {
        Set<String> granted = granted();
        boolean all = granted.contains(EVERYTHING);
        List<String> missing = new ArrayList<>();
        if (!all && !granted.contains(READ_LOG)) {
            missing.add(READ_LOG);
        }
        if (!all && ASK_LOG.stream().noneMatch(granted::contains)) {
            missing.add(Product.of(session) == Product.MARIADB ? "BINLOG MONITOR" : "REPLICATION CLIENT");
        }
        return missing.isEmpty()
                ? Check.passed(CheckNames.REPLICATION_PRIVILEGE, "User '" + user + "' may read the binary log.")
                : Check.failed(
                        CheckNames.REPLICATION_PRIVILEGE,
                        "User '" + user + "' lacks " + String.join(" and ", missing) + ".",
                        "GRANT " + String.join(", ", missing) + " ON *.* TO " + Identifiers.account(user) + ";");
    }

    /** Returns the rights over the whole server, those of active roles among them. */
    private Set<String> granted() throws SQLException {
        Set<String> granted = new HashSet<>();
        for (String line : Rows.all(session, "SHOW GRANTS", row -> row.getString(1))) {
            Matcher matcher = GLOBAL.matcher(line);
            if (matcher.matches()) {
                for (String right : matcher.group(1).split(",", -1)) {
                    granted.add(right.strip().toUpperCase(Locale.ROOT));
                }
            }
        }
        return granted;
    }
}
