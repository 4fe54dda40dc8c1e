package io.millrace.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** JSON type of a configuration value. */
public enum ValueType {
    STRING("a string"),
    INT("an integer"),
    BOOL("a boolean"),
    LIST("a list of strings"),
    MAP("an object");

    private final String phrase;

    ValueType(String phrase) {
        this.phrase = phrase;
    }

    /** Returns the type that the catalogue calls {@code name}. */
    static ValueType of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns what a value must be, for use after "must be". */
    public String phrase() {
        return phrase;
    }

    /** Returns whether a value is of this type, without any conversion. */
    public boolean fits(JsonNode value) {
        return switch (this) {
            case STRING -> value.isTextual();
            case INT -> value.isIntegralNumber();
            case BOOL -> value.isBoolean();
            case LIST ->
                value.isArray()
                        && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
            case MAP -> value.isObject();
        };
    }
}
