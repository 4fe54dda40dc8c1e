package io.millrace.http.shape;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One error of shape, as clients see it.
 *
 * @param type machine-readable kind, for example {@code missing}
 * @param loc where: {@code body}, {@code query} or {@code path}, then names and indexes
 * @param msg what is wrong, in English
 * @param input the value that was refused
 * @param ctx bounds or choices; empty for most kinds and then left out
 */
@JsonPropertyOrder({"type", "loc", "msg", "input", "ctx"})
public record ShapeError(
        String type,
        List<Object> loc,
        String msg,
        JsonNode input,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> ctx) {
    public ShapeError {
        loc = List.copyOf(loc);
        ctx = Collections.unmodifiableMap(new LinkedHashMap<>(ctx));
    }

    /** An error without bounds or choices. */
    public ShapeError(String type, List<Object> loc, String msg, JsonNode input) {
        this(type, loc, msg, input, Map.of());
    }
}
