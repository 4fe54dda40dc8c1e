package io.millrace.http;

import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * First touch of a request: every answer, also one of Jetty's own, gets an {@code X-Request-Id}; and since clients send all sorts
 * of media types, malformed ones too, and mean JSON, the media types take no part in finding a resource method.
 */
final class IncomingRequest implements HttpConfiguration.Customizer {
    /** Header of the answer, and attribute of the request. */
    static final String ID = "X-Request-Id";

    /** Attribute with the content type that the client named. */
    static final String CONTENT_TYPE = "io.millrace.content-type";

    private final Supplier<String> ids;

    IncomingRequest(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        String id = ids.get();
        request.setAttribute(ID, id);
        responseHeaders.put(ID, id);
        Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .ifPresent(type -> request.setAttribute(CONTENT_TYPE, type));
        HttpFields headers = HttpFields.build(request.getHeaders())
                .remove(HttpHeader.CONTENT_TYPE)
                .put(new HttpField(HttpHeader.ACCEPT, "*/*"))
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }
}
