package io.millrace.connect.sinks.clickhouse;

import io.millrace.connect.sinks.DestinationConnector;

/** Writes rows into tables of ClickHouse. */
public final class ClickHouseSinkConnector extends DestinationConnector {
    /** For Connect. */
    public ClickHouseSinkConnector() {
        super(ClickHouseSinkTask.class, ClickHouseSettings.DEFINITION);
    }
}
