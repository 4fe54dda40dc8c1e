package io.millrace.connect.sinks.httpsink;

import io.millrace.connect.sinks.DestinationConnector;

/** Sends rows to an HTTP endpoint. */
public final class HttpSinkConnector extends DestinationConnector {
    /** For Connect. */
    public HttpSinkConnector() {
        super(HttpSinkTask.class, HttpSettings.DEFINITION);
    }
}
