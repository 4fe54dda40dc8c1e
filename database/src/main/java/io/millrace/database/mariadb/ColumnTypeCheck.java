package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether there are columns of types that Debezium cannot read, which would fail the source as soon as it starts. */
final class ColumnTypeCheck {
    private final Connection session;
    private final CaptureRequirements wanted;

    ColumnTypeCheck(Connection session, CaptureRequirements wanted) {
        this.session = session;
        this.wanted = wanted;
    }

    Check run() throws SQLException {
        Set<String> databases =
                wanted.tables().stream().map(TableName::schema).collect(Collectors.toCollection(TreeSet::new));
        List<String> captured = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String database : databases) {
            Rows.all(
                    session,
                    "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS"
                            + " WHERE TABLE_SCHEMA = ? AND DATA_TYPE IN ('inet4', 'inet6', 'vector')"
                            + " ORDER BY TABLE_NAME, ORDINAL_POSITION",
                    row -> {
                        TableName table = new TableName(row.getString(1), row.getString(2));
                        String column = table + "." + row.getString(3) + " (" + row.getString(4) + ")";
                        return (wanted.tables().contains(table) ? captured : others).add(column);
                    },
                    database);
        }
        if (!captured.isEmpty()) {
            return Check.failed(
                    CheckNames.COLUMN_TYPES,
                    "The source cannot read the type of " + String.join(", ", captured) + ".",
                    "Take the table out of the list, or give the column another type, such as varchar.");
        }
        return others.isEmpty() || !wanted.wholeDatabases()
                ? Check.passed(CheckNames.COLUMN_TYPES, "Every column is of a type that the source can read.")
                : Check.failed(
                        CheckNames.COLUMN_TYPES,
                        "The source cannot read the type of " + String.join(", ", others)
                                + ", and keeps the history of whole databases.",
                        "Set schema.history.internal.store.only.captured.tables.ddl to true.");
    }
}
