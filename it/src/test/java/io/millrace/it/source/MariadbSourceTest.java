package io.millrace.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.Topic;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of MariaDB through the REST API, with a real server, connector and Kafka. */
class MariadbSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BIG = 20_000;

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static MariaDbServer server;

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

    @Test
    void streamsWhatHappensAlsoAfterTheTableWasAltered() {
        MariaDbDatabase database = server.createDatabase();
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, name varchar(20), total decimal(9,2), big bigint unsigned)");
        JsonNode source = create("streams", database, "orders");
        AvroTopic topic = new AvroTopic(platform, topic(source, database, "orders"));

        database.execute(
                "INSERT INTO orders VALUES (1, 'größe', 1.50, 18446744073709551615)",
                "UPDATE orders SET name = 'x' WHERE id = 1",
                "ALTER TABLE orders ADD COLUMN note text",
                "INSERT INTO orders VALUES (2, 'y', NULL, 7, 'new')");
        // what was written while the source rested is read with the definitions that the history has
        assertThat(act(source, "stop")).isEqualTo("Stopped");
        database.execute("DELETE FROM orders WHERE id = 1", "ALTER TABLE orders DROP COLUMN note");
        assertThat(act(source, "resume")).isEqualTo("Active");
        database.execute("INSERT INTO orders VALUES (3, 'z', 3, 8)");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(topic.read())
                .extracting(AvroTopic.Entry::operation)
                .containsExactly("c", "u", "c", "d", "tombstone", "c"));
        List<AvroTopic.Entry> read = topic.read();
        assertThat(read.get(0).row().get("name")).hasToString("größe");
        assertThat(read.get(0).row().get("big")).isEqualTo(-1L);
        assertThat(read.get(1).row().get("name")).hasToString("x");
        assertThat(read.get(2).row().get("note")).hasToString("new");
        assertThat(read.get(3).row().get("id")).isEqualTo(1);
        assertThat(read.get(5).row().getSchema().getField("note")).isNull();
        platform.send("DELETE", "/sources/" + id(source));
    }

    @Test
    void becomesActiveByItselfWhenItsDatabaseIsStartedLater() {
        MariaDbDatabase database = server.createDatabase();
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        server.stop();

        JsonNode created = create("late", database, "a");

        assertThat(created.get("connector_status").textValue()).isEqualTo("Broken");
        assertThat(created.get("connector_status_reason").textValue()).contains(String.valueOf(server.port()));
        server.restart();
        awaitState(created, "Active");

        server.kill();
        awaitState(created, "Broken");
        server.restart();
        awaitState(created, "Active");
        database.execute("INSERT INTO a VALUES (1)");
        await().atMost(PATIENCE).until(() -> !Topic.read(platform.kafka(), topic(created, database, "a"))
                .isEmpty());
        platform.send("DELETE", "/sources/" + id(created));
    }

    @Test
    void movesBetweenStatesAndStartsAnewAfterAReset() {
        MariaDbDatabase database = server.createDatabase();
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        JsonNode source = create("states", database, "a");

        assertThat(act(source, "pause")).isEqualTo("Paused");
        assertThat(act(source, "resume")).isEqualTo("Active");
        assertThat(act(source, "restart")).isEqualTo("Active");
        assertThat(act(source, "reset")).isEqualTo("Stopped");
        database.execute("INSERT INTO a VALUES (1)");
        assertThat(act(source, "resume")).isEqualTo("Active");
        database.execute("INSERT INTO a VALUES (2)");

        AvroTopic topic = new AvroTopic(platform, topic(source, database, "a"));
        await().atMost(PATIENCE).until(() -> !topic.read().isEmpty());
        assertThat(topic.read()).extracting(entry -> entry.row().get("id")).containsExactly(2);
        platform.send("DELETE", "/sources/" + id(source));
    }

    @Test
    void takesSnapshotsAndStopsOneTableByName() {
        MariaDbDatabase database = server.createDatabase();
        fill(database, "big", BIG);
        fill(database, "other", BIG);
        JsonNode source = create("snapshots", database, "big,other");
        String big = database.name() + ".big";
        String other = database.name() + ".other";

        JsonNode outlook = send("/sources/snapshot/validate", Map.of("source_id", id(source)));
        assertThat(outlook.get("ok").booleanValue()).as(outlook.toString()).isTrue();
        assertThat(outlook.at("/topics/0/key_columns")).hasToString("[\"id\"]");

        String run = execute(source, 2000, big, other);
        await().atMost(PATIENCE).until(() -> run(source, run).path("rows_read").asLong() > 0);
        JsonNode stopped = send(
                "/sources/stop_incremental_snapshot", Map.of("source_id", id(source), "topic_names", List.of(big)));
        assertThat(stopped.get("changed").booleanValue()).isTrue();
        awaitStatus(source, run, "completed");
        assertThat(topicOf(run(source, run), other).path("rows_read").asLong()).isEqualTo(BIG);
        assertThat(topicOf(run(source, run), big).path("status").asText()).isEqualTo("cancelled");
        assertThat(records(source, database, "other")).isEqualTo(BIG);
        assertThat(records(source, database, "big"))
                .isEqualTo(topicOf(run(source, run), big).path("rows_read").asLong())
                .isLessThan(BIG);

        platform.send("DELETE", "/sources/" + id(source));
    }

    @Test
    void continuesAStoppedRunAndProvesThatNothingIsMissing() {
        MariaDbDatabase database = server.createDatabase();
        fill(database, "big", BIG);
        JsonNode source = create("continued", database, "big");
        String big = database.name() + ".big";
        String run = execute(source, 4000, big);
        await().atMost(PATIENCE).until(() -> run(source, run).path("rows_read").asLong() > 0);
        send("/sources/stop_incremental_snapshot", Map.of("source_id", id(source)));
        awaitStatus(source, run, "cancelled");

        String rest = platform.send("POST", "/sources/" + id(source) + "/snapshots/" + run + "/continue")
                .get("id")
                .textValue();

        awaitStatus(source, rest, "completed");
        assertThat(records(source, database, "big")).isEqualTo(BIG);
        await().atMost(PATIENCE).until(() -> topicOf(run(source, rest), big)
                .path("completeness")
                .path("complete")
                .asBoolean());
        platform.send("DELETE", "/sources/" + id(source));
    }

    @Test
    void pausesARunAndFiltersTables() {
        MariaDbDatabase database = server.createDatabase();
        fill(database, "t", BIG);
        JsonNode source = create("filtered", database, "t");
        String table = database.name() + ".t";

        String run = send(
                        "/sources/snapshot",
                        Map.of(
                                "source_id",
                                id(source),
                                "topic_names",
                                List.of(table),
                                "max_rows_per_second",
                                2000,
                                "additional_conditions",
                                List.of(Map.of("data_collection", table, "filter", "id % 4 = 0 -- every fourth"))))
                .get("snapshot_id")
                .textValue();
        await().atMost(PATIENCE).until(() -> run(source, run).path("rows_read").asLong() > 0);
        platform.send("POST", "/sources/" + id(source) + "/snapshots/" + run + "/pause");
        awaitStatus(source, run, "paused");
        platform.send("POST", "/sources/" + id(source) + "/snapshots/" + run + "/resume");
        awaitStatus(source, run, "completed");

        assertThat(records(source, database, "t")).isEqualTo(BIG / 4);
        platform.send("DELETE", "/sources/" + id(source));
    }

    private static void fill(MariaDbDatabase database, String table, int rows) {
        database.execute(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, text varchar(200))",
                "INSERT INTO " + table + " SELECT seq, repeat('x', 150) FROM seq_1_to_" + rows);
    }

    private static String execute(JsonNode source, int rowsPerSecond, String... topics) {
        return send(
                        "/sources/snapshot",
                        Map.of(
                                "source_id",
                                id(source),
                                "topic_names",
                                List.of(topics),
                                "max_rows_per_second",
                                rowsPerSecond))
                .get("snapshot_id")
                .textValue();
    }

    private static long records(JsonNode source, MariaDbDatabase database, String table) {
        return Topic.read(platform.kafka(), topic(source, database, table)).size();
    }

    private static JsonNode run(JsonNode source, String run) {
        return platform.send("GET", "/sources/" + id(source) + "/snapshots/" + run);
    }

    private static void awaitStatus(JsonNode source, String run, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(run(source, run).path("status").asText()).isEqualTo(status));
    }

    private static JsonNode topicOf(JsonNode run, String name) {
        for (JsonNode topic : run.path("topics")) {
            if (topic.path("topic_name").asText().equals(name)) {
                return topic;
            }
        }
        throw new AssertionError("no topic " + name + " in " + run);
    }

    private static JsonNode send(String path, Map<String, Object> body) {
        return platform.send("POST", path, body);
    }

    private static String topic(JsonNode source, MariaDbDatabase database, String table) {
        return "source_" + id(source) + "." + database.name() + "." + table;
    }

    private static JsonNode create(String name, MariaDbDatabase database, String tables) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", server.port());
        config.put("database.user", MariaDbServer.USER);
        config.put("database.password", MariaDbServer.PASSWORD);
        config.put("database.ssl.mode", "disable");
        config.put("database.include.list.user.defined", database.name());
        config.put("table.include.list.user.defined", tables);
        return send("/sources", Map.of("name", name, "connector", "mariadb", "config", config));
    }

    private static String act(JsonNode source, String action) {
        return platform.send("POST", "/sources/" + id(source) + "/actions/" + action)
                .get("connector_status")
                .textValue();
    }

    private static void awaitState(JsonNode source, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + id(source))
                        .at("/result/0/connector_status")
                        .textValue())
                .isEqualTo(state));
    }

    private static String id(JsonNode source) {
        return source.get("id").textValue();
    }
}
