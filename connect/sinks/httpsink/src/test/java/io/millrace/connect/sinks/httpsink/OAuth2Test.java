package io.millrace.connect.sinks.httpsink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.connect.sinks.httpsink.HttpReceiver.Reply;
import io.millrace.connect.sinks.httpsink.HttpReceiver.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint that wants a token, and a token endpoint that wants the client's secret. */
class OAuth2Test {
    private final HttpReceiver endpoint = new HttpReceiver();
    private final Records records = new Records();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile int valid = 1;
    private volatile int seconds = 3_600;

    OAuth2Test() {
        endpoint.behave(request -> request.target().equals("/token") ? token(request) : row(request));
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private Reply token(Request request) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString("client:s%26cret".getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(request.headers().get("Authorization"))) {
            return new Reply(401, "{\"error\":\"invalid_client\"}", Map.of());
        }
        return new Reply(
                200,
                "{\"extra\":{\"a\":1},\"access_token\":\"t" + tokens.incrementAndGet()
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}",
                Map.of());
    }

    private Reply row(Request request) {
        return Reply.of(("Bearer t" + valid).equals(request.headers().get("Authorization")) ? 200 : 401);
    }

    @Test
    void asksOnceForATokenAndUsesItAgain() {
        try (DrivenTask task = task("s&cret")) {
            task.put(records.upsert(1, "a"), records.upsert(2, "b"));
        }

        assertThat(endpoint.bodies()).hasSize(2);
        assertThat(tokens).hasValue(1);
        assertThat(endpoint.requests().get(0).body()).isEqualTo("grant_type=client_credentials&scope=rows%3Awrite");
    }

    @Test
    void asksForAnotherOneWhenItIsRefused() {
        try (DrivenTask task = task("s&cret")) {
            task.put(records.upsert(1, "a"));
            valid = 2;
            task.put(records.upsert(2, "b"));
            assertThat(task.retries()).isZero();
        }

        assertThat(endpoint.bodies()).hasSize(2);
        assertThat(tokens).hasValue(2);
    }

    @Test
    void asksForAnotherOneBeforeItEnds() {
        seconds = 10;
        try (DrivenTask task = task("s&cret")) {
            task.put(records.upsert(1, "a"));
            valid = 2;
            task.put(records.upsert(2, "b"));
        }

        assertThat(endpoint.requests()).hasSize(4);
    }

    @Test
    void failsAtOnceInWordsWithAWrongSecret() {
        try (DrivenTask task = task("wrong")) {
            assertThatThrownBy(() -> task.put(records.upsert(1, "a")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("refused client 'client' (status 401")
                    .hasMessageContaining("oauth2.client.secret")
                    .hasMessageNotContaining("wrong");
            assertThat(task.retries()).isZero();
        }
    }

    private DrivenTask task(String secret) {
        return new DrivenTask(
                new HttpSinkTask(),
                new HashMap<>(Map.of(
                        "http.url",
                        endpoint.url("/in"),
                        "http.authorization.type",
                        "oauth2",
                        "oauth2.access.token.url",
                        endpoint.url("/token"),
                        "oauth2.client.id",
                        "client",
                        "oauth2.client.secret",
                        secret,
                        "oauth2.client.scope",
                        "rows:write")));
    }
}
