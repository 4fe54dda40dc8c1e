package io.millrace.connect.converters.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final HttpServer server = start(0);

    private record Reply(int status, String body) {}

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void registersASchemaUnderItsSubject() {
        replies.add(new Reply(200, "{\"id\":7}"));

        assertThat(registry().register("größe/a b-value", "\"string\"")).isEqualTo(7);
        assertThat(requests)
                .containsExactly("POST /r/subjects/gr%C3%B6%C3%9Fe%2Fa%20b-value/versions"
                        + " application/vnd.schemaregistry.v1+json Basic bWU6aHVzaA== {\"schema\":\"\\\"string\\\"\"}");
    }

    @Test
    void readsASchemaById() {
        replies.add(new Reply(200, "{\"schema\":\"\\\"long\\\"\"}"));

        assertThat(registry().schema(7)).isEqualTo("\"long\"");
        assertThat(requests).singleElement().asString().startsWith("GET /r/schemas/ids/7 ");
    }

    @Test
    void asksAgainWhileTheRegistryIsNotThere() {
        replies.add(new Reply(503, ""));
        replies.add(new Reply(500, "{\"error_code\":50001}"));
        replies.add(new Reply(429, ""));
        replies.add(new Reply(200, "{\"id\":7}"));

        assertThat(registry().register("s", "\"string\"")).isEqualTo(7);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void givesUpAfterAMinuteWithTheAddressAndTheRemedy() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        assertThatThrownBy(() -> registry(nobody).schema(1))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(DataException.class)
                .hasMessageContaining("http://127.0.0.1:" + nobody)
                .hasMessageContaining("60 s")
                .hasMessageContaining("registry.url")
                .hasMessageNotContaining("hush");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(54), Duration.ofSeconds(60));
        assertThat(pauses).last().isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusalsAreFinalAndSayWhy() {
        replies.add(new Reply(409, "{\"error_code\":409,\"message\":\"not compatible\"}"));
        replies.add(new Reply(404, "<html>"));
        replies.add(new Reply(401, "{}"));

        assertThatThrownBy(() -> registry().register("orders-value", "\"string\""))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("orders-value")
                .hasMessageContaining("not compatible");
        assertThatThrownBy(() -> registry().schema(9))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("9");
        assertThatThrownBy(() -> registry().schema(9))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("registry.user.info")
                .hasMessageNotContaining("hush");
        assertThat(pauses).isEmpty();
    }

    @Test
    void answersThatAreNoJsonAreRefused() {
        replies.add(new Reply(200, "<html>"));
        replies.add(new Reply(200, "{}"));

        assertThatThrownBy(() -> registry().register("s", "\"string\"")).hasMessageContaining("JSON");
        assertThatThrownBy(() -> registry().register("s", "\"string\"")).hasMessageContaining("without an id");
    }

    @Test
    void answersAreKept() {
        replies.add(new Reply(200, "{\"id\":7}"));
        replies.add(new Reply(200, "{\"id\":8}"));
        replies.add(new Reply(200, "{\"id\":7}"));
        SchemaRegistry cached = new CachingSchemaRegistry(registry(), 1);

        assertThat(cached.register("s", "\"string\"")).isEqualTo(7);
        assertThat(cached.register("s", "\"string\"")).isEqualTo(7);
        assertThat(requests).hasSize(1);
        assertThat(cached.register("s", "\"long\"")).isEqualTo(8);
        assertThat(cached.register("s", "\"string\"")).isEqualTo(7);
        assertThat(requests).hasSize(3);
    }

    @Test
    void credentialsNeverShow() {
        assertThat(Credentials.parse("me:hu:sh")).hasToString("********");
        assertThat(Credentials.parse("me:hu:sh").secret()).isEqualTo("hu:sh");
    }

    private HttpSchemaRegistry registry() {
        return registry(server.getAddress().getPort());
    }

    private HttpSchemaRegistry registry(int port) {
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        return new HttpSchemaRegistry(
                HttpClient.newHttpClient(),
                URI.create("http://127.0.0.1:" + port + "/r/"),
                Optional.of(Credentials.parse("me:hush")),
                new Patience(Duration.ofMinutes(1), clock, pause -> {
                    pauses.add(pause);
                    now.updateAndGet(instant -> instant.plus(pause));
                }));
    }

    private HttpServer start(int port) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            http.createContext("/", exchange -> {
                Reply reply = replies.remove();
                requests.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getRawPath() + " "
                        + exchange.getRequestHeaders().getFirst("Content-type") + " "
                        + exchange.getRequestHeaders().getFirst("Authorization") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
            return http;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
