package io.millrace.database.mariadb;

import io.millrace.database.Check;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.DatabaseValidation;
import io.millrace.database.ValidationReport;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at everything that capturing a server needs, step by step, and changes nothing.
 *
 * <p>The checks of the session, in order: {@code server_version}, {@code log_bin}, {@code binlog_format}, {@code
 * binlog_row_image}, {@code binlog_row_metadata}, {@code gtid}, {@code server_id}, {@code replication_privilege}, {@code
 * binlog_retention}, {@code table_access}, {@code column_types}, {@code table_keys}. They run even where one of them fails.
 */
public final class MariaDbValidation {
    private final DatabaseValidation validation;

    public MariaDbValidation(MariaDbSessions sessions) {
        validation = new DatabaseValidation(sessions, CheckNames.ALL);
    }

    /** Runs all checks; takes at most a few times the address's time limit. */
    public ValidationReport run(DatabaseAddress address, CaptureRequirements wanted) {
        return validation.run(address, session -> {
            limit(session.createStatement(), Product.of(session), address);
            ServerChecks ofServer = new ServerChecks(session, wanted);
            TableChecks ofTables = new TableChecks(session, address.user(), wanted.tables());
            List<Check> checks = new ArrayList<>(ofServer.run());
            checks.add(new PrivilegeCheck(session, address.user()).run());
            checks.add(new RetentionCheck(session).run());
            checks.add(ofTables.access());
            checks.add(new ColumnTypeCheck(session, wanted).run());
            checks.add(ofTables.keys());
            return checks;
        });
    }

    private static void limit(Statement statement, Product product, DatabaseAddress address) throws SQLException {
        try (statement) {
            long millis = address.connectTimeout().toMillis();
            statement.execute(
                    product == Product.MARIADB
                            ? "SET SESSION max_statement_time = " + millis / 1000.0
                            : "SET SESSION max_execution_time = " + millis);
        }
    }
}
