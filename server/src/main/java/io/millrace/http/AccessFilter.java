package io.millrace.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Optional;

/** Lets a request through to its resource method when the caller may, before anything of it is read. */
final class AccessFilter implements ContainerRequestFilter {
    private final Authenticator authenticator;
    private final Readiness readiness;

    AccessFilter(Authenticator authenticator, Readiness readiness) {
        this.authenticator = authenticator;
        this.readiness = readiness;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = RequestContext.method(request).getInvocable().getHandlingMethod();
        if (!readiness.ready() && !servedAlways(method)) {
            throw Readiness.notReady();
        }
        if (method.isAnnotationPresent(Open.class)) {
            return;
        }
        Caller caller = authenticator.authenticate(new Credentials(
                header(request, HttpHeaders.AUTHORIZATION),
                header(request, "X-Admin-Tenant-Id"),
                header(request, "X-Admin-Service-Id"),
                request.getUriInfo().getPath()));
        RequestContext.caller(request, caller);
        Permission needed = method.getAnnotation(Permission.class);
        if (needed != null && !caller.may(needed.value())) {
            throw ApiProblem.Forbidden.missing(needed.value());
        }
    }

    private static boolean servedAlways(Method method) {
        return method.isAnnotationPresent(WhileStarting.class)
                || method.getDeclaringClass().isAnnotationPresent(WhileStarting.class);
    }

    private static Optional<String> header(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getHeaderString(name));
    }
}
