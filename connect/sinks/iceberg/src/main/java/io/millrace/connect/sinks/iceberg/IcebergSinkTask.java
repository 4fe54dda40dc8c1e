package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Writes some partitions. */
public final class IcebergSinkTask extends DestinationTask {
    private final Clock clock;

    /** As Connect makes it. */
    public IcebergSinkTask() {
        this(Clock.systemUTC());
    }

    IcebergSinkTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected Destination open(Map<String, String> given) {
        IcebergSettings settings = IcebergSettings.of(given);
        SinkTaskContext worker = context;
        return new IcebergDestination(settings, OpenCatalog.open(settings), clock, worker::requestCommit);
    }
}
