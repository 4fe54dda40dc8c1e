package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the tables are there, can be read, and have keys. */
final class TableChecks {
    private final Connection session;
    private final String user;
    private final List<TableName> wanted;

    TableChecks(Connection session, String user, List<TableName> wanted) {
        this.session = session;
        this.user = user;
        this.wanted = wanted;
    }

    Check access() throws SQLException {
        MariaDbCatalogue catalogue = new MariaDbCatalogue(session);
        ReadPrivileges privileges = new ReadPrivileges(session);
        List<String> problems = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (TableName table : wanted) {
            if (!catalogue.exists(table)) {
                problems.add("There is no table " + table + ".");
                remedies.add("Create " + table
                        + ", or take it out of the list; names are exact, and written database.table; views cannot be"
                        + " captured.");
                continue;
            }
            Optional<String> missing = privileges.missing(table);
            if (missing.isPresent()) {
                problems.add("User '" + user + "' may not read " + table + ", or there is none.");
                remedies.add(ReadPrivileges.grant(table, user) + ";");
            }
        }
        return problems.isEmpty()
                ? Check.passed(CheckNames.TABLE_ACCESS, "Tables that can be read: " + wanted.size() + ".")
                : Check.failed(CheckNames.TABLE_ACCESS, String.join(" ", problems), String.join(" ", remedies));
    }

    Check keys() throws SQLException {
        MariaDbCatalogue catalogue = new MariaDbCatalogue(session);
        List<String> problems = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (TableName table : catalogue.visible(wanted)) {
            if (catalogue.uniqueKeys(table).isEmpty()) {
                problems.add("Table " + table + " has no key; its snapshot needs a surrogate key.");
                remedies.add("Add a primary key to " + table + ", or name a surrogate key.");
            }
            Optional<String> engine = catalogue.engine(table).filter(name -> !name.equalsIgnoreCase("InnoDB"));
            if (engine.isPresent()) {
                problems.add("Table " + table + " is of engine " + engine.get() + ", which has no consistent reads.");
                remedies.add("ALTER TABLE " + Identifiers.quote(table) + " ENGINE = InnoDB;");
            }
        }
        return problems.isEmpty()
                ? Check.passed(CheckNames.TABLE_KEYS, "Every table has a key.")
                : Check.warned(CheckNames.TABLE_KEYS, String.join(" ", problems), String.join(" ", remedies));
    }
}
