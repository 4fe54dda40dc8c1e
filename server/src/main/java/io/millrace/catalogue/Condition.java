package io.millrace.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What another key must be for a key to be shown.
 *
 * @param config the other key
 * @param value the value to compare with; for {@link Operator#IN} a list of values
 */
public record Condition(String config, Operator operator, JsonNode value) {
    /** How the values are compared. */
    public enum Operator {
        @JsonProperty("EQ")
        EQ,
        @JsonProperty("NE")
        NE,
        @JsonProperty("IN")
        IN
    }

    /** Returns whether the other key, having the value given, satisfies this. */
    public boolean holds(Optional<JsonNode> given) {
        return switch (operator) {
            case EQ -> given.filter(value::equals).isPresent();
            case NE -> given.filter(value::equals).isEmpty();
            case IN ->
                given.isPresent()
                        && StreamSupport.stream(value.spliterator(), false).anyMatch(given.get()::equals);
        };
    }
}
