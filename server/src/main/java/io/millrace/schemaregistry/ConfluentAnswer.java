package io.millrace.schemaregistry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.http.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Answers in the media type of the Confluent protocol. */
final class ConfluentAnswer {
    private static final MediaType TYPE = new MediaType("application", "vnd.schemaregistry.v1+json");

    private ConfluentAnswer() {}

    static Response of(Object body) {
        try {
            return Response.ok(Json.mapper().writeValueAsBytes(body), TYPE).build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer of the registry cannot be written", e);
        }
    }

    /** Answers with a schema itself, which is JSON already. */
    static Response text(String schema) {
        return Response.ok(schema.getBytes(StandardCharsets.UTF_8), TYPE).build();
    }
}
