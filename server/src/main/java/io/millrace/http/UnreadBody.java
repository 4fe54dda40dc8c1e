package io.millrace.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.EOFException;
import java.io.IOException;

/**
 * Reads what a refused request has left of its body. Jetty closes a connection on which a body was left unread, and a
 * client that was about to send its next request on it would see that fail without an answer. Where the body is too
 * large to be read, the client is told that the connection ends.
 */
final class UnreadBody implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!endReached(request)) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    private static boolean endReached(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null
                && length.length() > Integer.toString(BodyReader.MOST_BYTES).length()) {
            return false;
        }
        try {
            request.getEntityStream().skipNBytes(BodyReader.MOST_BYTES);
            return request.getEntityStream().read() < 0;
        } catch (EOFException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
