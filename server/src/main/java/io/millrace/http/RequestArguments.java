package io.millrace.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.http.shape.RequestShape;
import io.millrace.http.shape.ShapeError;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/**
 * Gives resource methods their arguments. The first argument that is asked for makes all of them be read, in the order
 * path, query, body, so that every error of a request is reported at once.
 */
final class RequestArguments implements ValueParamProvider {
    private static final String ARGUMENTS = "io.millrace.arguments";
    private static final List<Class<? extends Annotation>> ORDER =
            List.of(FromPath.class, FromQuery.class, FromBodyOrQuery.class, FromBody.class);

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }

    @Override
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
        if (parameter.getRawType() == Caller.class) {
            return RequestContext::caller;
        }
        if (ORDER.stream().noneMatch(parameter::isAnnotationPresent)) {
            return null;
        }
        if (!isTree(parameter)) {
            // A record that cannot be read is found out when the server starts.
            RequestShape.of(parameter.getRawType());
        }
        return request -> all(request).get(parameter);
    }

    @SuppressWarnings("unchecked")
    private static IdentityHashMap<Parameter, Object> all(ContainerRequest request) {
        if (request.getProperty(ARGUMENTS) instanceof IdentityHashMap<?, ?> read) {
            return (IdentityHashMap<Parameter, Object>) read;
        }
        IdentityHashMap<Parameter, Object> arguments = new IdentityHashMap<>();
        List<ShapeError> errors = new ArrayList<>();
        for (Class<? extends Annotation> part : ORDER) {
            for (Parameter parameter : RequestContext.parameters(request)) {
                if (parameter.isAnnotationPresent(part)) {
                    read(request, parameter, errors).ifPresent(value -> arguments.put(parameter, value));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new ApiProblem.WrongShape(errors);
        }
        request.setProperty(ARGUMENTS, arguments);
        return arguments;
    }

    private static Optional<?> read(ContainerRequest request, Parameter parameter, List<ShapeError> errors) {
        if (parameter.isAnnotationPresent(FromPath.class)) {
            return RequestShape.of(parameter.getRawType())
                    .fromText("path", request.getUriInfo().getPathParameters(true), errors);
        }
        if (parameter.isAnnotationPresent(FromQuery.class)) {
            return RequestShape.of(parameter.getRawType())
                    .fromText("query", request.getUriInfo().getQueryParameters(true), errors);
        }
        return BodyReader.read(request, errors)
                .flatMap(body -> parameter.isAnnotationPresent(FromBody.class)
                        ? body(parameter, body, errors)
                        : RequestShape.of(parameter.getRawType())
                                .fromBodyOrQuery(
                                        orEmpty(body), request.getUriInfo().getQueryParameters(true), errors));
    }

    private static Optional<?> body(Parameter parameter, JsonNode body, List<ShapeError> errors) {
        boolean absent = body.isMissingNode() || body.isNull();
        if (absent && parameter.getAnnotation(FromBody.class).required()) {
            errors.add(new ShapeError("missing", List.of("body"), "Field required", NullNode.getInstance()));
            return Optional.empty();
        }
        return isTree(parameter)
                ? Optional.of(orEmpty(body))
                : RequestShape.of(parameter.getRawType()).fromBody(orEmpty(body), errors);
    }

    private static JsonNode orEmpty(JsonNode body) {
        return body.isMissingNode() || body.isNull() ? JsonNodeFactory.instance.objectNode() : body;
    }

    private static boolean isTree(Parameter parameter) {
        return parameter.getRawType() == JsonNode.class;
    }
}
