package io.millrace.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * First look at a request. Clients send all sorts of media types and mean JSON, so neither header takes part in finding
 * the resource method; text that no store could hold is refused here for all.
 */
@PreMatching
final class RequestGate implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        // Overwritten by the next request that this thread serves.
        MDC.put("request", String.valueOf(request.getProperty(RequestIdHeader.NAME)));
        Optional.ofNullable(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
                .ifPresent(type -> RequestContext.contentType(request, type));
        request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        request.getHeaders().putSingle(HttpHeaders.ACCEPT, "*/*");
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
