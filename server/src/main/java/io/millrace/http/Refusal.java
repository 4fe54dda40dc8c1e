package io.millrace.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.OptionalInt;

/**
 * Body of every answer that is not a success.
 *
 * @param detail a sentence, or the list of shape errors
 * @param code number for surfaces that have such
 */
record Refusal(Object detail, @JsonIgnore OptionalInt code) {
    Refusal(Object detail) {
        this(detail, OptionalInt.empty());
    }
}
