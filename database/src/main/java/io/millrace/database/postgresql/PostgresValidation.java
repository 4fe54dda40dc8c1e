package io.millrace.database.postgresql;

import io.millrace.database.Check;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.ValidationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at everything that capturing a database needs, step by step, and changes nothing.
 *
 * <p>The checks, in order: {@code dns}, {@code tcp}, {@code tls}, {@code authentication}, {@code server_version}, {@code
 * wal_level}, {@code replication_privilege}, {@code replication_slot}, {@code publication}, {@code table_access}, {@code
 * replica_identity}, {@code column_values}. Those of the session run even where one of them fails; those that the way to the database cut off
 * are not reached.
 */
public final class PostgresValidation {
    private final PostgresSessions sessions;

    public PostgresValidation(PostgresSessions sessions) {
        this.sessions = sessions;
    }

    /** Runs all checks; takes at most a few times the address's time limit. */
    public ValidationReport run(DatabaseAddress address, CaptureRequirements wanted) {
        List<Check> checks = new ArrayList<>(NetworkChecks.run(address));
        if (checks.stream().anyMatch(check -> !check.ok().orElse(true))) {
            return unreached(checks);
        }
        try (Connection session = sessions.open(address)) {
            checks.add(NetworkChecks.encryption(address));
            checks.add(Check.passed(
                    CheckNames.AUTHENTICATION,
                    "User '" + address.user() + "' is let into database '" + address.database() + "'."));
            limit(session, address);
            checks.addAll(new SessionChecks(session, address, wanted).run());
            return new ValidationReport(
                    checks, Optional.of(session.getMetaData().getDatabaseProductVersion()));
        } catch (ConnectionFailedException e) {
            checks.addAll(NetworkChecks.explain(address, e));
            return unreached(checks);
        } catch (SQLException e) {
            return broken(checks, e);
        }
    }

    private static void limit(Connection session, DatabaseAddress address) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "SET statement_timeout = " + address.connectTimeout().toMillis());
        }
    }

    private static ValidationReport unreached(List<Check> checks) {
        CheckNames.ALL.stream().skip(checks.size()).map(Check::notReached).forEach(checks::add);
        return new ValidationReport(checks, Optional.empty());
    }

    private static ValidationReport broken(List<Check> checks, SQLException e) {
        checks.add(Check.failed(
                CheckNames.ALL.get(checks.size()),
                "The session broke: " + e.getMessage(),
                "Try again; look into the server's log."));
        return unreached(checks);
    }
}
