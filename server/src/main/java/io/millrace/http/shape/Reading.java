package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place in a request that is being read, and the errors found so far in the whole request. */
final class Reading {
    private final List<Object> loc;
    private final List<ShapeError> errors;

    private Reading(List<Object> loc, List<ShapeError> errors) {
        this.loc = loc;
        this.errors = errors;
    }

    static Reading of(String part, List<ShapeError> errors) {
        return new Reading(List.of(part), errors);
    }

    Reading at(Object step) {
        List<Object> longer = new ArrayList<>(loc);
        longer.add(step);
        return new Reading(Collections.unmodifiableList(longer), errors);
    }

    /** Notes the error and answers "no value", so that a reader can return it. */
    <T> Optional<T> refuse(String type, String msg, JsonNode input) {
        errors.add(new ShapeError(type, loc, msg, input));
        return Optional.empty();
    }

    /** As above, with context given as name, value, name, value. */
    <T> Optional<T> refuse(String type, String msg, JsonNode input, Object... ctx) {
        Map<String, Object> context = new LinkedHashMap<>();
        for (int i = 0; i < ctx.length; i += 2) {
            context.put((String) ctx[i], ctx[i + 1]);
        }
        errors.add(new ShapeError(type, loc, msg, input, context));
        return Optional.empty();
    }
}
