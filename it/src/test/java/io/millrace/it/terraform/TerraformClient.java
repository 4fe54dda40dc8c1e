package io.millrace.it.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Calls of one generation of the client: paths, queries and bodies as it sends them, answers as strictly as it reads them. */
final class TerraformClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI platform;
    private final Generation generation;
    private final String token;

    /** Line of the client. */
    enum Generation {
        V2("v2"),
        V3("v3");

        private final String name;

        Generation(String name) {
            this.name = name;
        }

        /** Returns whether an entry of the catalogue is known to the line. */
        boolean knows(JsonNode entry) {
            return !entry.has("clients")
                    || entry.get("clients").valueStream().anyMatch(line -> line.asText()
                            .equals(name));
        }
    }

    /** An answer that the client reports as an error, with the text that it branches on. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String text) {
            super(text);
        }
    }

    /** Configures the client, which fetches one token for its life. */
    TerraformClient(URI platform, Generation generation, String clientId, String secret) {
        this.platform = platform;
        this.generation = generation;
        ObjectNode login = JSON.createObjectNode().put("client_id", clientId).put("secret", secret);
        JsonNode answer = send("POST", "/auth/access-token", Optional.of(login), Optional.empty());
        if (!answer.path("expires").isTextual() || !answer.path("expiresIn").isInt()) {
            throw new Refused("cannot decode " + answer);
        }
        token = answer.path("accessToken").textValue();
    }

    /** Returns the body of a source or destination. */
    ObjectNode connectorBody(String path, String name, String code, ObjectNode config) {
        ObjectNode body = JSON.createObjectNode();
        if (path.equals("/destinations")) {
            body.put("id", "");
        }
        body.put("name", name).put("connector", code);
        if (generation == Generation.V3) {
            body.putNull("tags");
        }
        body.set("config", config);
        return body;
    }

    /** Creates a source, destination or pipeline. */
    JsonNode create(String path, ObjectNode body) {
        return object(send("POST", path + query(), body.deepCopy().put("created_from", "terraform")));
    }

    /** Reads a source, destination or pipeline; empty means that it is gone and leaves the state. */
    Optional<JsonNode> read(String path, String id) {
        JsonNode page = send("GET", path + "/" + id + "?secret_returned=true");
        if (!page.path("result").isArray()
                || !page.path("total").isInt()
                || !page.path("page_size").isInt()) {
            throw new Refused("cannot decode " + page);
        }
        return page.get("result").valueStream().findFirst();
    }

    /** Replaces a source, destination or pipeline. */
    JsonNode update(String path, String id, ObjectNode body) {
        return object(send("PUT", path + "/" + id + query(), body));
    }

    /** Destroys a source, destination or pipeline. */
    void delete(String path, String id) {
        JsonNode answer = send("DELETE", path + "/" + id + query());
        if (!answer.isObject() && !answer.isNull()) {
            throw new Refused("cannot decode " + answer);
        }
    }

    /** Looks through the list for an exact name, page by page until one is short, as the client does to adopt a record. */
    Optional<JsonNode> adopt(String path, String name) {
        for (int page = 1; ; page++) {
            JsonNode found = send(
                    "GET",
                    path + "?secret_returned=true&page=" + page + "&page_size=" + PAGE + "&partial_name="
                            + URLEncoder.encode(name, StandardCharsets.UTF_8));
            Optional<JsonNode> exact = found.path("result")
                    .valueStream()
                    .filter(record -> record.path("name").asText().equals(name))
                    .findFirst();
            if (exact.isPresent() || found.path("result").size() < PAGE) {
                return exact;
            }
        }
    }

    /** Sends any call of an authorised client. */
    JsonNode send(String method, String path) {
        return send(method, path, Optional.empty(), Optional.of(token));
    }

    /** As above, with a body. */
    JsonNode send(String method, String path, ObjectNode body) {
        return send(method, path, Optional.of(body), Optional.of(token));
    }

    private String query() {
        return generation == Generation.V3 ? "?secret_returned=true&wait=false" : "?secret_returned=true";
    }

    private static JsonNode object(JsonNode answer) {
        if (answer.path("id").asText().isEmpty() || !answer.path("name").isTextual()) {
            throw new Refused("cannot decode " + answer);
        }
        return answer;
    }

    private JsonNode send(String method, String path, Optional<ObjectNode> body, Optional<String> bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body.map(content -> HttpRequest.BodyPublishers.ofString(content.toString()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        bearer.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode decoded = JSON.readTree(answer.body());
            if (answer.statusCode() < 200 || answer.statusCode() >= 300) {
                throw new Refused(decoded.path("detail").asText(answer.body()));
            }
            if (decoded.isMissingNode()) {
                throw new Refused("unexpected end of JSON input");
            }
            return decoded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
