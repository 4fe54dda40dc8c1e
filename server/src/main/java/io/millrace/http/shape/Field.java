package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A member of an object and where its value comes from when it is absent.
 *
 * @param requiredUnless name of the other member without which this one must be there
 */
record Field(
        String name,
        Shape shape,
        boolean optional,
        boolean list,
        Optional<JsonNode> whenAbsent,
        Optional<String> requiredUnless) {

    /**
     * Reads the member out of {@code members}.
     *
     * @param owner what a missing member is reported to be missing in
     */
    Optional<Object> read(Optional<JsonNode> value, ObjectNode members, JsonNode owner, Reading at) {
        boolean needed = requiredUnless.map(other -> !members.hasNonNull(other)).orElse(!optional);
        if (value.isEmpty()) {
            return whenAbsent.isPresent()
                    ? shape.read(whenAbsent.get(), at)
                    : needed ? at.refuse("missing", "Field required", owner) : Optional.of(Optional.empty());
        }
        if (value.get().isNull() && optional && !needed) {
            return Optional.of(Optional.empty());
        }
        Optional<Object> read = shape.read(value.get(), at);
        return optional ? read.map(Optional::of) : read;
    }

    static JsonNode nothing() {
        return NullNode.getInstance();
    }
}
