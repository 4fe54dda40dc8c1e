package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What a session can tell of the server and of the user's rights. */
final class SessionChecks {
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final Connection session;
    private final DatabaseAddress address;
    private final CaptureRequirements wanted;

    SessionChecks(Connection session, DatabaseAddress address, CaptureRequirements wanted) {
        this.session = session;
        this.address = address;
        this.wanted = wanted;
    }

    /** Returns the checks from {@code server_version} on. */
    List<Check> run() throws SQLException {
        Map<String, TableName> tables = new PostgresCatalogue(session).named(wanted.tables());
        TableChecks ofTables = new TableChecks(session, address.user(), wanted.tables(), tables);
        return List.of(
                version(),
                walLevel(),
                privilege(),
                new SlotCheck(session, address.database()).of(wanted.slot(), wanted.slotMayBeActive()),
                new PublicationCheck(session, address).of(wanted.publication(), List.copyOf(tables.values())),
                ofTables.access(),
                ofTables.replicaIdentity(),
                ofTables.values());
    }

    private Check version() throws SQLException {
        String version = session.getMetaData().getDatabaseProductVersion();
        int major = session.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST) {
            return Check.failed(
                    CheckNames.SERVER_VERSION,
                    "The server is PostgreSQL " + version + "; " + OLDEST + " to " + NEWEST + " are supported.",
                    "Upgrade the server.");
        }
        return major > NEWEST
                ? Check.warned(
                        CheckNames.SERVER_VERSION,
                        "The server is PostgreSQL " + version + ", newer than what was tested.",
                        "PostgreSQL " + OLDEST + " to " + NEWEST + " are tested.")
                : Check.passed(CheckNames.SERVER_VERSION, "The server is PostgreSQL " + version + ".");
    }

    private Check walLevel() throws SQLException {
        String level =
                Rows.first(session, "SHOW wal_level", row -> row.getString(1)).orElse("unknown");
        return level.equals("logical")
                ? Check.passed(CheckNames.WAL_LEVEL, "wal_level is logical.")
                : Check.failed(
                        CheckNames.WAL_LEVEL,
                        "wal_level is " + level + ", and has to be logical.",
                        "ALTER SYSTEM SET wal_level = logical; then restart the server.");
    }

    private Check privilege() throws SQLException {
        boolean may = Rows.first(
                        session,
                        """
                        SELECT r.rolreplication OR r.rolsuper OR EXISTS (
                            SELECT 1 FROM pg_catalog.pg_roles m
                            WHERE m.rolname IN ('rds_replication', 'rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser')
                                AND pg_catalog.pg_has_role(r.oid, m.oid, 'member'))
                        FROM pg_catalog.pg_roles r WHERE r.rolname = current_user
                        """,
                        row -> row.getBoolean(1))
                .orElse(false);
        return may
                ? Check.passed(CheckNames.REPLICATION_PRIVILEGE, "User '" + address.user() + "' may replicate.")
                : Check.failed(
                        CheckNames.REPLICATION_PRIVILEGE,
                        "User '" + address.user() + "' may not replicate.",
                        "ALTER ROLE " + Identifiers.quote(address.user()) + " REPLICATION;");
    }
}
