package io.millrace.it.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.EmbeddedEngines;
import io.millrace.app.Platform;
import io.millrace.app.RecordFormat;
import io.millrace.app.Settings;
import io.millrace.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The platform in this JVM, and a client with the role Admin. */
public final class RunningPlatform implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Platform platform;
    private final String token;

    private RunningPlatform(Platform platform) {
        this.platform = platform;
        this.token = send(
                        "POST",
                        "/auth/access-token",
                        json(Map.of("client_id", "tests", "secret", "a secret of the tests")),
                        "")
                .get("accessToken")
                .textValue();
    }

    public static RunningPlatform start(Path data) {
        return start(data, 0);
    }

    /** Starts a platform whose topics hold JSON. */
    public static RunningPlatform startWithJson(Path data) {
        return start(data, 0, RecordFormat.JSON);
    }

    /** Starts a platform that pauses its sources when less than {@code minFreeBytes} is free; 0 never pauses them. */
    public static RunningPlatform start(Path data, long minFreeBytes) {
        return start(data, minFreeBytes, RecordFormat.AVRO);
    }

    private static RunningPlatform start(Path data, long minFreeBytes, RecordFormat format) {
        Path plugins = Path.of("..").toAbsolutePath().normalize().resolve("plugins/target/plugins");
        Settings settings = Settings.defaults(plugins.getParent(), data);
        return new RunningPlatform(Platform.start(
                new Settings(
                        settings.bind(),
                        0,
                        0,
                        data,
                        Optional.of("tests"),
                        Optional.of(Secret.of("a secret of the tests")),
                        settings.masterKeyFile(),
                        format,
                        plugins,
                        minFreeBytes),
                new EmbeddedEngines()));
    }

    public JsonNode send(String method, String path) {
        return send(method, path, "", token);
    }

    public JsonNode send(String method, String path, Object body) {
        return send(method, path, json(body), token);
    }

    /** Returns where Kafka is reached. */
    public String kafka() {
        return platform.kafka();
    }

    @Override
    public void close() {
        platform.close();
    }

    private JsonNode send(String method, String path, String body, String bearer) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.url() + path))
                .header("Authorization", "Bearer " + bearer)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
