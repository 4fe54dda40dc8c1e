package io.millrace.database.postgresql;

import io.millrace.database.DatabaseAddress;
import io.millrace.database.DatabaseValidation;
import io.millrace.database.ValidationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Looks at everything that capturing a database needs, step by step, and changes nothing.
 *
 * <p>The checks of the session, in order: {@code server_version}, {@code wal_level}, {@code replication_privilege}, {@code
 * replication_slot}, {@code publication}, {@code table_access}, {@code replica_identity}, {@code column_values}. They run
 * even where one of them fails.
 */
public final class PostgresValidation {
    private final DatabaseValidation validation;

    public PostgresValidation(PostgresSessions sessions) {
        validation = new DatabaseValidation(sessions, CheckNames.ALL);
    }

    /** Runs all checks; takes at most a few times the address's time limit. */
    public ValidationReport run(DatabaseAddress address, CaptureRequirements wanted) {
        return validation.run(address, session -> {
            limit(session, address);
            return new SessionChecks(session, address, wanted).run();
        });
    }

    private static void limit(Connection session, DatabaseAddress address) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "SET statement_timeout = " + address.connectTimeout().toMillis());
        }
    }
}
