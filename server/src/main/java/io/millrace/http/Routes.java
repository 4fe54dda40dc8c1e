package io.millrace.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which operations a set of resources serves, read off their annotations. */
public final class Routes {
    private Routes() {}

    /**
     * One operation.
     *
     * @param method GET, POST, ...
     * @param path with templates, for example {@code /sources/{source_id}}
     * @param handler the resource method
     */
    public record Route(String method, String path, Method handler) {
        /** Returns the permission that a caller needs, if any. */
        public Optional<String> permission() {
            return Optional.ofNullable(handler.getAnnotation(Permission.class)).map(Permission::value);
        }

        /** Returns whether the operation needs no token. */
        public boolean open() {
            return handler.isAnnotationPresent(Open.class);
        }
    }

    /** Returns the operations by path and method; throws {@link IllegalArgumentException} for a method that does not say who may call it. */
    public static List<Route> of(Collection<?> resources) {
        List<Route> routes = new ArrayList<>();
        for (Object resource : resources) {
            Path root = resource.getClass().getAnnotation(Path.class);
            if (root == null) {
                throw new IllegalArgumentException(resource.getClass().getName() + " has no @Path");
            }
            for (Method method : resource.getClass().getMethods()) {
                verb(method).ifPresent(verb -> routes.add(route(root.value(), verb, method)));
            }
        }
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        return List.copyOf(routes);
    }

    private static Route route(String root, String verb, Method method) {
        long access = List.of(Permission.class, SignedIn.class, Open.class).stream()
                .filter(method::isAnnotationPresent)
                .count();
        if (access != 1) {
            throw new IllegalArgumentException(method + " needs exactly one of @Permission, @SignedIn, @Open");
        }
        Path path = method.getAnnotation(Path.class);
        String whole = root + (path == null ? "" : "/" + path.value());
        // A template may carry a pattern, {id: [0-9]+}; the contract knows names only.
        String plain = whole.replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}").replaceAll("/+", "/");
        return new Route(
                verb,
                plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain,
                method);
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .flatMap(annotation ->
                        Optional.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)).stream())
                .map(HttpMethod::value)
                .findFirst();
    }
}
