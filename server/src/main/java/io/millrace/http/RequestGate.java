package io.millrace.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/** Refuses, for all operations, text that no store could hold, and the method OPTIONS, which Jersey would answer by itself. */
@PreMatching
final class RequestGate implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        // Overwritten by the next request that this thread serves.
        MDC.put("request", String.valueOf(request.getProperty(IncomingRequest.ID)));
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new NotAllowedException("GET");
        }
        if (!storable(request)) {
            throw new ApiProblem.BadRequest(
                    "The address holds what is no text: a wrong percent escape, U+0000 or half of a surrogate pair");
        }
    }

    private static boolean storable(ContainerRequestContext request) {
        try {
            if (!PlainText.is(request.getUriInfo().getPath(true))) {
                return false;
            }
            for (Map.Entry<String, List<String>> parameter :
                    request.getUriInfo().getQueryParameters(true).entrySet()) {
                if (!PlainText.is(parameter.getKey())
                        || !parameter.getValue().stream().allMatch(PlainText::is)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            // How Jersey says that a percent escape is wrong.
            return false;
        }
    }
}
