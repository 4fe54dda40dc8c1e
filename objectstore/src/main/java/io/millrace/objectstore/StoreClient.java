package io.millrace.objectstore;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Sends requests to a store, and says in words what goes wrong on the way. Thread-safe. */
final class StoreClient {
    /** For a request that carries next to nothing. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** Slower than this is taken for a connection that died. */
    private static final long BYTES_PER_SECOND = 100_000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    /**
     * What is sent.
     *
     * @param within all of the answer is there, or the request failed
     */
    record Request(String method, URI uri, Map<String, String> headers, Duration within) {}

    /** Returns the time in which so many bytes are sent. */
    static Duration within(long bytes) {
        Duration within = ANSWER_WITHIN.plusSeconds(bytes / BYTES_PER_SECOND);
        return within.compareTo(LONGEST) < 0 ? within : LONGEST;
    }

    /** Sends a request whose answer is text. */
    StoreAnswer send(Request asked, BodyPublisher body) throws StoreException {
        HttpResponse<String> response = send(asked, body, HttpResponse.BodyHandlers.ofString());
        return StoreAnswer.of(response, response.body() == null ? "" : response.body());
    }

    /** Sends a request. */
    <T> HttpResponse<T> send(Request asked, BodyPublisher body, HttpResponse.BodyHandler<T> handler)
            throws StoreException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(asked.uri()).method(asked.method(), body).timeout(asked.within());
        asked.headers().forEach(request::header);
        String host = asked.uri().getAuthority();
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new StoreException(
                    host + " cannot be reached: " + reason(e), "check the endpoint and the network", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while " + host + " was asked", "ask again", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
