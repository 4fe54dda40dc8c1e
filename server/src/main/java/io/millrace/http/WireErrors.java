package io.millrace.http;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refusals of requests that never reach Jersey, such as a malformed address: in the form of all others. */
final class WireErrors implements Request.Handler {
    private final Supplier<String> ids;

    WireErrors(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = response.getStatus();
        // A request that is refused while it is still being read has not got one.
        String id = request.getAttribute(IncomingRequest.ID) instanceof String given ? given : ids.get();
        response.getHeaders().put(IncomingRequest.ID, id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        byte[] body = Json.mapper().writeValueAsBytes(new Refusal(HttpStatus.getMessage(status)));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
