package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.DestinationConnector;

/** Writes rows into Iceberg tables. */
public final class IcebergSinkConnector extends DestinationConnector {
    /** As Connect makes it. */
    public IcebergSinkConnector() {
        super(IcebergSinkTask.class, IcebergSettings.DEFINITION);
    }
}
