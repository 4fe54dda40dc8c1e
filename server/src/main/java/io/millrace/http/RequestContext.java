package io.millrace.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.model.ResourceMethod;

/** What the stages of one request leave for each other. */
final class RequestContext {
    private static final String CALLER = "io.millrace.caller";

    private RequestContext() {}

    static void caller(ContainerRequestContext request, Caller caller) {
        request.setProperty(CALLER, caller);
    }

    /** Returns the caller; throws {@link IllegalStateException} in a method that is open to everybody. */
    static Caller caller(ContainerRequestContext request) {
        if (request.getProperty(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("an open resource method has no caller");
    }

    /** Returns the content type that the client named. */
    static Optional<String> contentType(ContainerRequestContext request) {
        return Optional.ofNullable((String) request.getProperty(IncomingRequest.CONTENT_TYPE));
    }

    /** Returns the resource method that was found for the request. */
    static ResourceMethod method(ContainerRequestContext request) {
        return ((ContainerRequest) request).getUriInfo().getMatchedResourceMethod();
    }

    /** Returns the parameters of that method, the same objects at every call. */
    static Iterable<Parameter> parameters(ContainerRequestContext request) {
        return method(request).getInvocable().getParameters();
    }
}
