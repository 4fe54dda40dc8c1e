package io.millrace.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.Json;
import java.util.List;

/** JSON in columns. */
final class StoredJson {
    static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
    static final TypeReference<List<AdditionalCondition>> CONDITIONS = new TypeReference<>() {};
    static final TypeReference<JsonNode> TREE = new TypeReference<>() {};

    private StoredJson() {}

    static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds what is no JSON of " + type.getType(), e);
        }
    }
}
