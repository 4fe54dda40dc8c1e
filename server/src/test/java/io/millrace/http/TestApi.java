package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.ContractAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A running server with the resources of a test, and a client for it. */
public final class TestApi implements AutoCloseable {
    /** In a token, names the service that the caller is in. */
    private static final String SERVICE = "service:";

    private final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestApi(ApiServer server) {
        this.server = server;
    }

    /** An answer as it came. */
    public record Answer(int status, HttpHeaders headers, String text) {
        public JsonNode json() {
            try {
                return Json.mapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }
    }

    /** Starts a server in which every bearer token is a caller with the permissions that the token lists. */
    public static TestApi of(Object... resources) {
        return of(new Api(List.of(resources), TestApi::caller, List.of()));
    }

    public static TestApi of(Api api) {
        AtomicInteger ids = new AtomicInteger();
        ApiServer server = new ApiServer("127.0.0.1", 0, () -> "request-" + ids.incrementAndGet(), api);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestApi(server);
    }

    private static Caller caller(Credentials credentials) {
        String[] permissions = credentials
                .authorization()
                .orElseThrow(() -> new ApiProblem.Unauthenticated("Authentication required"))
                .substring("Bearer ".length())
                .split(",", -1);
        String service = Arrays.stream(permissions)
                .filter(permission -> permission.startsWith(SERVICE))
                .map(permission -> permission.substring(SERVICE.length()))
                .findFirst()
                .orElse("service");
        return new Caller("tenant", service, "client", Set.of(permissions), false);
    }

    public int port() {
        return server.port();
    }

    /** Sends a request with a JSON body, or without one when it is empty; headers as name, value, name, value. */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return conforming(method, path, new Answer(answer.statusCode(), answer.headers(), answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every answer that a test gets is compared with the contract, if the contract knows the operation. */
    private static Answer conforming(String method, String path, Answer answer) {
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            assertThat(ContractAnswers.mistakes(method, path, answer.status(), answer.json()))
                    .as("%s %s: %s", method, path, answer.text())
                    .isEmpty();
        }
        return answer;
    }

    @Override
    public void close() {
        server.close();
    }
}
