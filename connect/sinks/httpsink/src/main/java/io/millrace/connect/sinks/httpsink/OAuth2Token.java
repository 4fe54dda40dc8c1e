package io.millrace.connect.sinks.httpsink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connect.sinks.httpsink.HttpSettings.Authorization.ClientCredentials;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** A bearer token that is asked for when it is needed, and again shortly before it ends or when it was refused. */
final class OAuth2Token implements Credentials {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration ONE_REQUEST = Duration.ofSeconds(30);

    /** A token is not used in the last moments of its life. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ClientCredentials client;
    private final Exchange exchange;
    private final Clock clock;
    private Optional<Token> token = Optional.empty();

    OAuth2Token(ClientCredentials client, Exchange exchange, Clock clock) {
        this.client = client;
        this.exchange = exchange;
        this.clock = clock;
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Exchange {
        HttpResponse<String> send(HttpRequest request) throws TroubleException;
    }

    private record Token(String value, Instant end) {
        @Override
        public String toString() {
            return "********";
        }
    }

    @Override
    public Optional<String> header() throws TroubleException {
        Optional<Token> valid = token.filter(known -> clock.instant().isBefore(known.end()));
        Token use = valid.isPresent() ? valid.get() : ask();
        token = Optional.of(use);
        return Optional.of("Bearer " + use.value());
    }

    @Override
    public boolean renew() {
        token = Optional.empty();
        return true;
    }

    private Token ask() throws TroubleException {
        String form = "grant_type=client_credentials"
                + client.scope().map(scope -> "&scope=" + encoded(scope)).orElse("");
        String pair = encoded(client.id()) + ":" + encoded(client.secret());
        HttpResponse<String> answer = exchange.send(HttpRequest.newBuilder(client.tokens())
                .timeout(ONE_REQUEST)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        String server = "The token endpoint " + Endpoint.shown(client.tokens());
        int status = answer.statusCode();
        if (status / 100 == 4 && status != 408 && status != 429) {
            throw new ConnectException(
                    server + " refused client '" + client.id() + "' (status " + status + Endpoint.quoted(answer.body())
                            + "); correct oauth2.client.id, oauth2.client.secret or oauth2.scope");
        }
        if (status / 100 != 2) {
            throw new TroubleException(server + " answered " + status, Optional.empty());
        }
        Map<String, String> members = members(answer.body(), server);
        if (!members.containsKey("access_token")) {
            throw new TroubleException(server + " answered without an access_token", Optional.empty());
        }
        return new Token(members.get("access_token"), end(members));
    }

    private Instant end(Map<String, String> members) {
        try {
            Duration life = Duration.ofSeconds((long) Double.parseDouble(members.getOrDefault("expires_in", "3600")));
            return clock.instant().plus(life).minus(MARGIN);
        } catch (NumberFormatException e) {
            return clock.instant();
        }
    }

    private static Map<String, String> members(String text, String server) throws TroubleException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new TroubleException(
                        server + " answered with something else than a JSON object", Optional.empty());
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    members.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            return members;
        } catch (IOException e) {
            throw new TroubleException(server + " answered with something else than JSON", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
