package io.millrace.database.mariadb;

import java.util.List;

/** The checks of a session; clients know them by these names. */
final class CheckNames {
    static final String SERVER_VERSION = "server_version";
    static final String LOG_BIN = "log_bin";
    static final String BINLOG_FORMAT = "binlog_format";
    static final String BINLOG_ROW_IMAGE = "binlog_row_image";
    static final String BINLOG_ROW_METADATA = "binlog_row_metadata";
    static final String GTID = "gtid";
    static final String SERVER_ID = "server_id";
    static final String REPLICATION_PRIVILEGE = "replication_privilege";
    static final String BINLOG_RETENTION = "binlog_retention";
    static final String TABLE_ACCESS = "table_access";
    static final String COLUMN_TYPES = "column_types";
    static final String TABLE_KEYS = "table_keys";

    /** All of them, in the order in which they run. */
    static final List<String> ALL = List.of(
            SERVER_VERSION,
            LOG_BIN,
            BINLOG_FORMAT,
            BINLOG_ROW_IMAGE,
            BINLOG_ROW_METADATA,
            GTID,
            SERVER_ID,
            REPLICATION_PRIVILEGE,
            BINLOG_RETENTION,
            TABLE_ACCESS,
            COLUMN_TYPES,
            TABLE_KEYS);

    private CheckNames() {}
}
