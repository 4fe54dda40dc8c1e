package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads one kind of value. */
@FunctionalInterface
interface Shape {
    /** Returns the value, or nothing after it noted at least one error at {@code at}. */
    Optional<Object> read(JsonNode input, Reading at);
}
