package io.millrace.destination.httpsink;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.catalogue.ConfigValues;
import io.millrace.database.Check;
import io.millrace.http.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks an endpoint for nothing but whether it is there: by HEAD, which changes nothing. */
final class HttpLook {
    static final String REACH = "reach";
    static final String AUTHORIZATION = "authorization";

    /** Returns what was found, in the order in which it was looked at. */
    List<Check> at(ConfigValues config, Duration limit) {
        Duration step = limit.dividedBy(2);
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(step);
        config.text(HttpSink.PROXY_HOST)
                .ifPresent(host -> builder.proxy(ProxySelector.of(new InetSocketAddress(
                        host,
                        config.effective(HttpSink.PROXY_PORT).orElseThrow().asInt()))));
        List<Check> checks = new ArrayList<>();
        Optional<String> token = Optional.empty();
        try {
            HttpClient client = builder.build();
            if (HttpSink.authorization(config).equals("oauth2")) {
                token = token(client, config, step, checks);
                if (token.isEmpty()) {
                    checks.add(Check.notReached(REACH));
                    return checks;
                }
            }
            endpoint(client, config, step, token, checks);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            checks.add(Check.notReached(REACH));
        }
        return checks;
    }

    private static void endpoint(
            HttpClient client, ConfigValues config, Duration step, Optional<String> token, List<Check> checks)
            throws InterruptedException {
        URI url = HttpSink.address(config, HttpSink.URL);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(step).method("HEAD", HttpRequest.BodyPublishers.noBody());
        for (Map.Entry<String, String> header : HttpSink.headers(config).entrySet()) {
            request.header(header.getKey(), header.getValue());
        }
        token.ifPresent(value -> request.setHeader("Authorization", "Bearer " + value));
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            checks.add(Check.passed(REACH, url.getHost() + " answers"));
            if (!HttpSink.authorization(config).equals("none")) {
                checks.add(
                        status == 401
                                ? Check.failed(
                                        AUTHORIZATION,
                                        "The endpoint " + url.getHost() + " does not accept the authorization (401)",
                                        "correct 'http.headers.authorization', or the keys of 'oauth2'")
                                : Check.passed(AUTHORIZATION, "The authorization was not refused"));
            }
        } catch (IOException e) {
            checks.add(Check.failed(
                    REACH,
                    "The endpoint " + url.getHost() + " does not answer: " + reason(e),
                    "start it, or correct '" + HttpSink.URL + "'"));
        }
    }

    private static Optional<String> token(HttpClient client, ConfigValues config, Duration step, List<Check> checks)
            throws InterruptedException {
        URI url = HttpSink.address(config, HttpSink.TOKEN_URL);
        String id = config.text(HttpSink.CLIENT).orElse("");
        String pair = encoded(id) + ":" + encoded(config.text(HttpSink.SECRET).orElse(""));
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(step)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"
                        + config.text("oauth2.scope")
                                .map(scope -> "&scope=" + encoded(scope))
                                .orElse("")))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            Optional<String> token = answer.statusCode() / 100 == 2 ? accessToken(answer.body()) : Optional.empty();
            checks.add(
                    token.isPresent()
                            ? Check.passed("token", "The token endpoint gave a token")
                            : Check.failed(
                                    answer.statusCode() / 100 == 4 ? AUTHORIZATION : "token",
                                    "The token endpoint " + url.getHost() + " gave client '" + id
                                            + "' no token (status " + answer.statusCode() + ")",
                                    "correct 'oauth2.client.id', 'oauth2.client.secret' or 'oauth2.scope'"));
            return token;
        } catch (IOException e) {
            checks.add(Check.failed(
                    "token",
                    "The token endpoint " + url.getHost() + " does not answer: " + reason(e),
                    "start it, or correct '" + HttpSink.TOKEN_URL + "'"));
            return Optional.empty();
        }
    }

    private static Optional<String> accessToken(String body) {
        try {
            return Optional.of(Json.mapper().readTree(body).path("access_token").asText(""))
                    .filter(token -> !token.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String reason(IOException trouble) {
        return trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
    }
}
