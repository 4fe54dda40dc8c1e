package io.millrace.schemaregistry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.http.Api;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.Credentials;
import io.millrace.http.Json;
import io.millrace.http.TestApi;
import io.millrace.http.TestApi.Answer;
import io.millrace.store.Store;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server with nothing but the registry; a bearer token names the tenant and what the caller may. */
final class RegistryApi implements AutoCloseable {
    static final String CONFLUENT = "/schema-registry/confluent";

    private final TestApi api;

    RegistryApi(Store store, Clock clock) {
        SchemaRegistry registry = new SchemaRegistry(store, clock);
        this.api = TestApi.of(new Api(registry.resources(), RegistryApi::caller, List.of(registry.form())));
    }

    private static Caller caller(Credentials credentials) {
        String[] token = credentials
                .authorization()
                .orElseThrow(() -> new ApiProblem.Unauthenticated("Authentication required"))
                .split(" ", -1);
        Set<String> permissions = token.length > 2
                ? Set.of(token[2].split(",", -1))
                : Set.of("read:schema_registry", "write:schema_registry");
        return new Caller(token[1], "service", "client", permissions, false);
    }

    int port() {
        return api.port();
    }

    Answer send(String method, String path, String body) {
        return as("tenant", method, path, body);
    }

    Answer as(String tenant, String method, String path, String body) {
        return api.send(method, path, body, "Authorization", "Bearer " + tenant);
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer register(String subject, String schema) {
        return send("POST", versions(subject), body(schema));
    }

    static String versions(String subject) {
        return CONFLUENT + "/subjects/" + encode(subject) + "/versions";
    }

    static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String body(String schema) {
        try {
            return Json.mapper().writeValueAsString(Map.of("schema", schema));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
