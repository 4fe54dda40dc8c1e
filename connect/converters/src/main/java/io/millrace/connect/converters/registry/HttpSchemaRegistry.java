package io.millrace.connect.converters.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that speaks the Confluent-compatible protocol.
 *
 * <p>No answer, 429 and 5xx are tried again as long as {@link Patience} lasts. Any other refusal is final. Neither
 * messages nor log lines hold the credentials.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSchemaRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration ONE_REQUEST = Duration.ofSeconds(10);

    private final HttpClient client;
    private final String base;
    private final Optional<Credentials> credentials;
    private final Patience patience;

    /**
     * Makes a client.
     *
     * @param base address of the registry, for example {@code http://127.0.0.1:8080/schema-registry/confluent}
     */
    public HttpSchemaRegistry(HttpClient client, URI base, Optional<Credentials> credentials, Patience patience) {
        this.client = client;
        this.base = base.toString().replaceAll("/+$", "");
        this.credentials = credentials;
        this.patience = patience;
    }

    @Override
    public int register(String subject, String schema) {
        JsonNode answer = call(
                "/subjects/" + encode(subject) + "/versions",
                Optional.of(Map.of("schema", schema)),
                "The schema registry refused the schema of subject " + subject);
        if (!answer.path("id").canConvertToInt()) {
            throw new ConnectException("The schema registry " + base + " answered without an id for " + subject);
        }
        return answer.path("id").intValue();
    }

    @Override
    public String schema(int id) {
        JsonNode answer = call("/schemas/ids/" + id, Optional.empty(), "The schema registry has no schema " + id);
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new DataException("Schema " + id + " is of type " + type + "; this converter reads AVRO");
        }
        return answer.path("schema").asText();
    }

    private JsonNode call(String path, Optional<Map<String, String>> body, String refusal) {
        HttpRequest request = request(path, body);
        Patience.Attempts attempts = patience.begin();
        while (true) {
            Exception failure;
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                int status = response.statusCode();
                if (status / 100 == 2) {
                    return JSON.readTree(response.body());
                }
                if (status != 429 && status / 100 != 5) {
                    throw refused(status, response.body(), refusal);
                }
                failure = new IOException("it answered with status " + status);
            } catch (JsonProcessingException e) {
                throw new ConnectException(
                        "The schema registry " + base + " answered with something else than JSON", e);
            } catch (IOException e) {
                failure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectException("Interrupted while asking the schema registry", e);
            }
            LOG.debug("Schema registry {} did not answer", base, failure);
            if (!attempts.again()) {
                throw new ConnectException(
                        "The schema registry " + base + " could not be reached for "
                                + patience.limit().toSeconds() + " s ("
                                + failure.getClass().getSimpleName() + ": "
                                + failure.getMessage() + "); start it, or correct registry.url",
                        failure);
            }
        }
    }

    private HttpRequest request(String path, Optional<Map<String, String>> body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ONE_REQUEST)
                .header("Accept", MEDIA_TYPE);
        credentials.ifPresent(known -> builder.header("Authorization", known.basic()));
        body.ifPresent(members ->
                builder.header("Content-Type", MEDIA_TYPE).POST(HttpRequest.BodyPublishers.ofString(write(members))));
        return builder.build();
    }

    private ConnectException refused(int status, String body, String refusal) {
        if (status == 401 || status == 403) {
            return new ConnectException("The schema registry " + base + " refused the credentials (status " + status
                    + "); correct registry.user.info");
        }
        return new DataException(refusal + ": " + message(body) + " (status " + status + ")");
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText("no reason given");
        } catch (JsonProcessingException e) {
            return "no reason given";
        }
    }

    private static String write(Map<String, String> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written as JSON", e);
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
