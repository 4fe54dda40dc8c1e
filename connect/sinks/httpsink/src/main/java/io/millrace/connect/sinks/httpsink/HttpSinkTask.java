package io.millrace.connect.sinks.httpsink;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import java.time.Clock;
import java.util.Map;

/** Sends the rows of some partitions to an HTTP endpoint. */
public final class HttpSinkTask extends DestinationTask {
    /** For Connect. */
    public HttpSinkTask() {}

    @Override
    protected Destination open(Map<String, String> settings) {
        HttpSettings http = HttpSettings.of(settings);
        Clock clock = Clock.systemUTC();
        return new HttpDestination(http, new Endpoint(http, clock), clock);
    }
}
