package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import io.millrace.objectstore.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Writes some partitions. */
public final class FilesSinkTask extends DestinationTask {
    private static final Duration TRY_WITHIN = Duration.ofSeconds(20);

    private final Clock clock;

    /** As Connect makes it. */
    public FilesSinkTask() {
        this(Clock.systemUTC());
    }

    FilesSinkTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected Destination open(Map<String, String> given) throws IOException {
        FileSettings settings = FileSettings.of(given);
        ObjectStore store = settings.store().open(Clock.systemUTC());
        store.tryWriting(settings.prefix(), TRY_WITHIN);
        SinkTaskContext worker = context;
        return new FilesDestination(
                settings, store, clock, new FilesDestination.Worker(worker::requestCommit, () -> worker.assignment()
                        .size()));
    }
}
