package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.millrace.it.Topic;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A table of PostgreSQL, by snapshot and stream, into the destinations that take messages. */
class MessagesPipelineTest {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    @Test
    void keepsHashesOfRedisInStep() {
        PostgresDatabase from = database();
        try (RedisServer redis = RedisServer.start();
                Jedis client = client(redis)) {
            flow("to_redis", from, "redis", hashes(redis, RedisServer.PASSWORD));
            changes(from);

            await().atMost(Linked.PATIENCE).untilAsserted(() -> {
                assertThat(client.hget("shop:orders:1", "note")).isEqualTo("changed");
                assertThat(client.hget("shop:orders:1", "price")).isEqualTo("0.14");
                assertThat(client.exists("shop:orders:2")).isFalse();
                assertThat(client.keys("shop:orders:*")).hasSize(500);
            });
            from.execute("TRUNCATE orders");
            await().atMost(Linked.PATIENCE)
                    .untilAsserted(() -> assertThat(client.dbSize()).isZero());
        }
    }

    @Test
    void isBrokenWithAWrongPasswordOfRedisAndCatchesUpWhenItIsPutRight() {
        PostgresDatabase from = database();
        try (RedisServer redis = RedisServer.start();
                Jedis client = client(redis)) {
            String source = linked.source("locked_redis", from, "public.orders");
            String destination = linked.destination("locked", "redis", hashes(redis, "wrong"));
            linked.pipeline(source, destination, "redis", "public.orders");
            assertThat(linked.awaitState(destination, "Broken")
                            .path("connector_status_reason")
                            .asText())
                    .contains("Redis does not let user 'millrace' in");
            changes(from);

            platform.send(
                    "PUT",
                    "/destinations/" + destination,
                    Map.of("name", "locked", "connector", "redis", "config", hashes(redis, RedisServer.PASSWORD)));

            linked.awaitState(destination, "Active");
            await().atMost(Linked.PATIENCE).untilAsserted(() -> {
                assertThat(client.hget("shop:orders:1", "note")).isEqualTo("changed");
                assertThat(client.hget("shop:orders:501", "note")).isEqualTo("new");
            });
        }
    }

    @Test
    void tellsAnEndpointOfEveryRowAndChange() throws IOException {
        PostgresDatabase from = database();
        Map<String, String> last = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>(List.of(503, 500, 429));
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/rows", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer failure = exchange.getRequestMethod().equals("POST") ? failures.poll() : null;
            if (failure == null) {
                body.lines().forEach(row -> {
                    Matcher id = ID.matcher(row);
                    if (id.find()) {
                        last.put(id.group(1), row);
                    }
                });
            }
            exchange.sendResponseHeaders(failure == null ? 204 : failure, -1);
            exchange.close();
        });
        endpoint.start();
        try {
            flow(
                    "to_http",
                    from,
                    "httpsink",
                    Map.of(
                            "http.url",
                            "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/rows",
                            "retry.backoff.ms",
                            10,
                            "batching.enabled",
                            true,
                            "batch.separator",
                            "\n",
                            "batch.buffering.enabled",
                            true,
                            "batch.max.time.ms",
                            300));
            changes(from);

            await().atMost(Linked.PATIENCE).untilAsserted(() -> {
                assertThat(last).hasSize(501);
                assertThat(last.get("1")).contains("\"note\":\"changed\"", "\"price\":0.14,");
                assertThat(last.get("2")).contains("\"__deleted\":\"true\"");
                assertThat(last.get("501")).contains("\"__deleted\":\"false\"", "\"_streamkap_offset\":");
            });
            assertThat(failures).isEmpty();
        } finally {
            endpoint.stop(0);
        }
    }

    /** One JVM holds one broker, so the other cluster is the same one; the sink's own tests have two. */
    @Test
    void writesTopicsOfAnotherCluster() {
        PostgresDatabase from = database();
        flow(
                "to_kafka",
                from,
                "kafka",
                Map.of(
                        "kafka.sink.bootstrap",
                        platform.kafka(),
                        "topic.prefix",
                        "copy.",
                        "transforms.changeTopicName.add.original.topic",
                        "header"));
        changes(from);

        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            Map<String, String> last = Topic.read(platform.kafka(), "copy.orders").stream()
                    .collect(Collectors.toMap(
                            record -> text(record.key()), record -> text(record.value()), (one, other) -> other));
            assertThat(last).hasSize(501);
            assertThat(last.get("{\"id\":1}")).contains("\"note\":\"changed\"");
            assertThat(last.get("{\"id\":2}")).isEmpty();
        });
        assertThat(Topic.read(platform.kafka(), "copy.orders").get(0).headers().lastHeader("_streamkap_topic"))
                .isNotNull();
    }

    private static Map<String, Object> hashes(RedisServer redis, String password) {
        return Map.of(
                "redis.host.user.defined",
                "127.0.0.1",
                "redis.port.user.defined",
                redis.port(),
                "redis.username",
                RedisServer.USER,
                "redis.password",
                password,
                "ssl.enabled",
                false,
                "redis.key",
                "shop:${topic}",
                "redis.key.data.type",
                "Hash");
    }

    private static PostgresDatabase database() {
        PostgresDatabase database = server.createDatabase();
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, price numeric(10,2))",
                "INSERT INTO orders SELECT n, 'order ' || n, n / 7.0 FROM generate_series(1, 500) n");
        return database;
    }

    private static void flow(String name, PostgresDatabase from, String code, Map<String, Object> config) {
        String source = linked.source(name, from, "public.orders");
        String destination = linked.destination(name, code, config);
        linked.pipeline(source, destination, code, "public.orders");
        linked.awaitState(destination, "Active");
        linked.snapshot(source, "public.orders");
    }

    private static void changes(PostgresDatabase from) {
        from.execute(
                "UPDATE orders SET note = 'changed' WHERE id = 1",
                "DELETE FROM orders WHERE id = 2",
                "INSERT INTO orders VALUES (501, 'new', 1)");
    }

    private static Jedis client(RedisServer redis) {
        return new Jedis(
                new HostAndPort("127.0.0.1", redis.port()),
                DefaultJedisClientConfig.builder()
                        .user(RedisServer.USER)
                        .password(RedisServer.PASSWORD)
                        .build());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
