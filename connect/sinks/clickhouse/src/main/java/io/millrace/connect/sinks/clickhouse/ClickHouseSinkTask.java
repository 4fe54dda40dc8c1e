package io.millrace.connect.sinks.clickhouse;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import java.util.Map;

/** Writes the rows of some partitions into tables of ClickHouse. */
public final class ClickHouseSinkTask extends DestinationTask {
    /** For Connect. */
    public ClickHouseSinkTask() {}

    @Override
    protected Destination open(Map<String, String> settings) throws ClickHouseException {
        ClickHouseSettings clickHouse = ClickHouseSettings.of(settings);
        ClickHouse server = new ClickHouse(clickHouse);
        server.ask("SELECT version()");
        return new ClickHouseDestination(server, clickHouse);
    }
}
