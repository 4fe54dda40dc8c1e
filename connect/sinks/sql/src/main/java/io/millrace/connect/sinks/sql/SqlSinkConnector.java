package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.DestinationConnector;

/** Writes topics to tables of a SQL database. */
public final class SqlSinkConnector extends DestinationConnector {
    /** For Connect. */
    public SqlSinkConnector() {
        super(SqlSinkTask.class, SqlSettings.DEFINITION);
    }
}
