package io.millrace.database.postgresql;

import java.util.List;

/** The checks of a session; clients know them by these names. */
final class CheckNames {
    static final String SERVER_VERSION = "server_version";
    static final String WAL_LEVEL = "wal_level";
    static final String REPLICATION_PRIVILEGE = "replication_privilege";
    static final String REPLICATION_SLOT = "replication_slot";
    static final String PUBLICATION = "publication";
    static final String TABLE_ACCESS = "table_access";
    static final String REPLICA_IDENTITY = "replica_identity";
    static final String COLUMN_VALUES = "column_values";

    /** All of them, in the order in which they run. */
    static final List<String> ALL = List.of(
            SERVER_VERSION,
            WAL_LEVEL,
            REPLICATION_PRIVILEGE,
            REPLICATION_SLOT,
            PUBLICATION,
            TABLE_ACCESS,
            REPLICA_IDENTITY,
            COLUMN_VALUES);

    private CheckNames() {}
}
