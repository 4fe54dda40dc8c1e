package io.millrace.http;

import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Gives every answer, also one of Jetty's own, an {@code X-Request-Id}. */
final class RequestIdHeader implements HttpConfiguration.Customizer {
    static final String NAME = "X-Request-Id";

    private final Supplier<String> ids;

    RequestIdHeader(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        String id = ids.get();
        request.setAttribute(NAME, id);
        responseHeaders.put(NAME, id);
        return request;
    }
}
