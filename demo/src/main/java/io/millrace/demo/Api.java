package io.millrace.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The REST API as any client sees it. An answer other than 2xx is a {@link DemoFailure} that quotes it. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final URI base;
    private final HttpClient http;
    private final Optional<Token> token;

    private record Token(String text, Duration life) {}

    private Api(URI base, HttpClient http, Optional<Token> token) {
        this.base = base;
        this.http = http;
        this.token = token;
    }

    /** Returns the API at {@code base}, for example {@code http://127.0.0.1:8080}, not signed in. */
    public static Api at(URI base) {
        return new Api(base, HttpClient.newHttpClient(), Optional.empty());
    }

    /** Returns the address without a slash at its end. */
    public URI base() {
        return base;
    }

    /** Trades the credential for a token and returns the API with it. */
    public Api signIn(String clientId, String secret) {
        return signIn(JSON.createObjectNode().put("client_id", clientId).put("secret", secret));
    }

    /** Trades the credential in a file of JSON, as the platform keeps its first one, for a token. */
    public Api signIn(Path credentials) throws IOException {
        return signIn(JSON.readTree(credentials.toFile()));
    }

    private Api signIn(JsonNode credential) {
        JsonNode answer = post("/auth/access-token", credential);
        return new Api(
                base,
                http,
                Optional.of(new Token(
                        answer.path("accessToken").asText(),
                        Duration.ofSeconds(answer.path("expiresIn").asLong()))));
    }

    /** Returns how long the token lives from when it was given; zero when not signed in. */
    public Duration tokenLife() {
        return token.map(Token::life).orElse(Duration.ZERO);
    }

    /** Returns the answer to GET. */
    public JsonNode get(String path) {
        return send(path, request(path).GET());
    }

    /** Returns the answer to POST. */
    public JsonNode post(String path, JsonNode body) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        return send(path, request);
    }

    /** Returns the answer to DELETE. */
    public JsonNode delete(String path) {
        return send(path, request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer.text()));
        return request;
    }

    private JsonNode send(String path, HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String call = request.method() + " " + path;
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new DemoFailure(call + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new DemoFailure(call + " answered something that is not JSON", e);
        } catch (IOException e) {
            throw new DemoFailure(call + " got no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure(call + " was interrupted", e);
        }
    }
}
