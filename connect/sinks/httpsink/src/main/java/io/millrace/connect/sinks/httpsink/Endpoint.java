package io.millrace.connect.sinks.httpsink;

import io.millrace.connect.sinks.httpsink.HttpSettings.Authorization;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What rows are sent to, and what its answers mean. Used by one thread. */
final class Endpoint {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_QUOTED = 300;

    private final HttpSettings settings;
    private final HttpClient client;
    private final Credentials credentials;
    private final Clock clock;

    Endpoint(HttpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout().compareTo(CONNECT_WITHIN) < 0 ? settings.timeout() : CONNECT_WITHIN);
        settings.proxy().ifPresent(proxy -> builder.proxy(ProxySelector.of(proxy)));
        client = builder.build();
        credentials = credentials(settings.authorization());
    }

    private Credentials credentials(Authorization authorization) {
        if (authorization instanceof Authorization.Fixed fixed) {
            return new Credentials.Given(Optional.of(fixed.header()));
        }
        if (authorization instanceof Authorization.ClientCredentials asked) {
            return new OAuth2Token(asked, this::exchange, clock);
        }
        return new Credentials.Given(Optional.empty());
    }

    /**
     * Sends one body; returns when it was answered 2xx.
     *
     * @throws RejectedException when it is of no use to send this body again
     * @throws TroubleException when it may help
     */
    void post(String body) throws RejectedException, TroubleException {
        HttpResponse<String> answer = exchange(request(body));
        if (answer.statusCode() == 401 && credentials.renew()) {
            answer = exchange(request(body));
        }
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return;
        }
        String said = "The endpoint " + shown(settings.url()) + " answered " + status + quoted(answer.body());
        switch (status) {
            case 401 ->
                throw new TroubleException(
                        said + "; it does not accept the authorization: "
                                + settings.authorization().remedy(),
                        Optional.empty());
            case 408, 429 -> throw new TroubleException(said, retryAfter(answer));
            default -> {
                if (status / 100 == 4) {
                    throw new RejectedException(said);
                }
                throw new TroubleException(
                        status / 100 == 3
                                ? said + "; http.url must be the address that takes the records itself"
                                : said,
                        retryAfter(answer));
            }
        }
    }

    private HttpRequest request(String body) throws TroubleException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        settings.headers().forEach(header -> request.header(header.name(), header.value()));
        credentials.header().ifPresent(value -> request.setHeader("Authorization", value));
        return request.build();
    }

    private HttpResponse<String> exchange(HttpRequest request) throws TroubleException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new TroubleException("The endpoint " + shown(request.uri()) + " does not answer: " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroubleException("Interrupted while " + shown(request.uri()) + " was to answer", e);
        }
    }

    private Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.read(value, now()));
    }

    private Instant now() {
        return clock.instant();
    }

    /** Without what may be secret in it. */
    static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    static String quoted(String body) {
        String text = body.strip();
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "..." : text);
    }
}
