package io.millrace.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocking snapshots of MariaDB through the REST API, with a real server, connector and Kafka, and a writer at work. */
class MariadbBlockingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int KEYED = 20_000;
    private static final int KEYLESS = 6_000;

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static MariaDbServer server;

    private final MariaDbDatabase database = server.createDatabase();

    @BeforeAll
    static void start() {
        server = MariaDbServer.start();
        platform = RunningPlatform.start(data);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    /** Three rows of each kind in the one table, and in the other a key. */
    private String createSource(String name) {
        database.execute(
                "CREATE TABLE log (n bigint, v bigint)",
                "INSERT INTO log SELECT seq % " + KEYLESS / 3 + ", 0 FROM seq_1_to_" + KEYLESS,
                "CREATE TABLE orders (id bigint PRIMARY KEY, v bigint, text varchar(200))",
                "INSERT INTO orders SELECT seq, 0, repeat('x', 150) FROM seq_1_to_" + KEYED);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", server.port());
        config.put("database.user", MariaDbServer.USER);
        config.put("database.password", MariaDbServer.PASSWORD);
        config.put("database.ssl.mode", "disable");
        config.put("database.include.list.user.defined", database.name());
        config.put("table.include.list.user.defined", "log,orders");
        String source = send("/sources", Map.of("name", name, "connector", "mariadb", "config", config))
                .path("id")
                .asText();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + source)
                        .at("/result/0/connector_status")
                        .asText())
                .isEqualTo("Active"));
        return source;
    }

    @Test
    void readsTablesWithAndWithoutAKeyInOneViewAndGoesOnStreaming() {
        String source = createSource("blocking");
        Map<List<Object>, Integer> before = rows("log", "n");
        JsonNode outlook = send("/sources/snapshot/validate", Map.of("source_id", source, "snapshot_type", "blocking"));
        assertThat(outlook.path("ok").asBoolean()).as(outlook.toString()).isTrue();
        assertThat(topicOf(outlook, "log").path("warnings").toString()).contains("from its first row");
        assertThat(topicOf(outlook, "orders").path("warnings")).isEmpty();

        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(end));
        String run = send("/sources/execute_blocking_snapshot", Map.of("source_id", source))
                .path("snapshot_id")
                .asText();
        awaitStatus(source, run, "completed");
        end.complete(null);
        writing.orTimeout(1, TimeUnit.MINUTES).join();
        database.execute("INSERT INTO log VALUES (-1, -1)", "INSERT INTO orders VALUES (-1, -1, 'last')");

        List<AvroTopic.Entry> log = readToTheLast(source, "log", "n");
        List<AvroTopic.Entry> orders = readToTheLast(source, "orders", "id");
        assertThat(replayed(log, "n")).isEqualTo(rows("log", "n"));
        assertThat(replayed(orders, "id")).isEqualTo(rows("orders", "id"));
        Map<List<Object>, Integer> streamed = new HashMap<>(before);
        log.stream().filter(entry -> !entry.operation().equals("r")).forEach(entry -> count(entry, "n", streamed));
        assertThat(streamed)
                .as("what was streamed before, while and after the stream was held")
                .isEqualTo(rows("log", "n"));
        for (Map.Entry<String, List<AvroTopic.Entry>> topic :
                Map.of("log", log, "orders", orders).entrySet()) {
            assertThat(topicOf(run(source, run), topic.getKey())
                            .path("rows_read")
                            .asLong())
                    .isEqualTo(topic.getValue().stream()
                            .filter(entry -> entry.operation().equals("r"))
                            .count());
        }
        platform.send("DELETE", "/sources/" + source);
    }

    private void write(CompletableFuture<Void> end) {
        for (int i = 1; !end.isDone(); i++) {
            database.execute(
                    "INSERT INTO log VALUES (" + i % 2000 + ", 0), (" + i % 2000 + ", 0)",
                    "UPDATE log SET v = v + 1 WHERE n = " + i * 7 % 2000 + " LIMIT 2",
                    "DELETE FROM log WHERE n = " + i * 11 % 2000 + " LIMIT 1",
                    "UPDATE orders SET v = v + 1 WHERE id = " + (1 + i * 13 % KEYED),
                    "DELETE FROM orders WHERE id = " + (1 + i * 17 % KEYED));
        }
    }

    @Test
    void isCancelledInTheMiddleAndTheStreamGoesOn() {
        String source = createSource("cancelled");
        String run = send(
                        "/sources/snapshot",
                        Map.of("source_id", source, "snapshot_type", "blocking", "max_rows_per_second", 1000))
                .path("snapshot_id")
                .asText();
        await().atMost(PATIENCE).until(() -> run(source, run).path("rows_read").asLong() > 500);
        database.execute("INSERT INTO log VALUES (-1, -1)");

        send("/sources/cancel_snapshot", Map.of("source_id", source));

        awaitStatus(source, run, "cancelled");
        List<AvroTopic.Entry> log = readToTheLast(source, "log", "n");
        assertThat(log).extracting(AvroTopic.Entry::operation).endsWith("c");
        assertThat(log)
                .hasSize(1 + topicOf(run(source, run), "log").path("rows_read").asInt());
        platform.send("DELETE", "/sources/" + source);
    }

    /** Reads a topic when the row -1, which is written last, has arrived in it. */
    private List<AvroTopic.Entry> readToTheLast(String source, String table, String column) {
        AvroTopic topic = new AvroTopic(platform, "source_" + source + "." + database.name() + "." + table);
        await().atMost(PATIENCE).until(() -> topic.read().stream()
                .anyMatch(entry -> !entry.operation().equals("tombstone")
                        && entry.row().get(column).equals(-1L)));
        return topic.read();
    }

    /** Returns the rows of the view and what the topic says behind them. */
    private static Map<List<Object>, Integer> replayed(List<AvroTopic.Entry> topic, String column) {
        Map<List<Object>, Integer> rows = new HashMap<>();
        topic.stream().dropWhile(entry -> !entry.operation().equals("r")).forEach(entry -> count(entry, column, rows));
        return rows;
    }

    private static void count(AvroTopic.Entry entry, String column, Map<List<Object>, Integer> rows) {
        entry.value().ifPresent(envelope -> {
            count(envelope.get("before"), column, -1, rows);
            count(envelope.get("after"), column, 1, rows);
        });
    }

    private static void count(Object row, String column, int times, Map<List<Object>, Integer> rows) {
        if (row instanceof GenericRecord fields) {
            rows.merge(
                    List.of(fields.get(column), fields.get("v")),
                    times,
                    (one, other) -> one + other == 0 ? null : one + other);
        }
    }

    private Map<List<Object>, Integer> rows(String table, String column) {
        Map<List<Object>, Integer> rows = new HashMap<>();
        database.query("SELECT " + column + ", v, count(*) FROM " + table + " GROUP BY " + column + ", v")
                .forEach(row -> rows.put(
                        List.of(Long.parseLong(row.get(0)), Long.parseLong(row.get(1))), Integer.parseInt(row.get(2))));
        return rows;
    }

    private static JsonNode run(String source, String run) {
        return platform.send("GET", "/sources/" + source + "/snapshots/" + run);
    }

    private static void awaitStatus(String source, String run, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(run(source, run).path("status").asText()).isEqualTo(status));
    }

    private JsonNode topicOf(JsonNode answer, String table) {
        for (JsonNode topic : answer.path("topics")) {
            if (topic.path("topic_name").asText().equals(database.name() + "." + table)) {
                return topic;
            }
        }
        throw new AssertionError("no topic of " + table + " in " + answer);
    }

    private static JsonNode send(String path, Map<String, Object> body) {
        return platform.send("POST", path, body);
    }
}
