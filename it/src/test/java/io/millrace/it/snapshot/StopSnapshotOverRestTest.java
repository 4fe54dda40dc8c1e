package io.millrace.it.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of stop situations, each line against a real PostgreSQL, connector and Kafka. */
class StopSnapshotOverRestTest {
    private static final long BIG = 400_000;
    private static final long SMALL = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static int sources;

    private String source = "";

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
    }

    @AfterAll
    static void close() {
        platform.close();
        server.close();
    }

    @BeforeEach
    void create() {
        PostgresDatabase database = server.createDatabase();
        for (Map.Entry<String, Long> table :
                Map.of("big", BIG, "large", BIG, "small", SMALL).entrySet()) {
            database.execute(
                    "create table " + table.getKey() + " (id bigint primary key, text text)",
                    "insert into " + table.getKey() + " select n, repeat('x', 200) from generate_series(1, "
                            + table.getValue() + ") n");
        }
        String name = "stop_" + ++sources;
        source = platform.send("POST", "/sources", body(name, database.name()))
                .path("id")
                .asText();
        awaitState("Active");
    }

    @AfterEach
    void delete() {
        platform.send("DELETE", "/sources/" + source);
    }

    @Test
    void completesWithAsManyRowsAsTheTableHas() {
        execute("public.small");

        JsonNode run = awaitStatus("completed");

        assertThat(run.path("percent").asDouble()).isEqualTo(100);
        assertThat(run.path("rows_read").asLong()).isEqualTo(SMALL);
        assertThat(records("small")).isEqualTo(new TopicRecords(SMALL, (int) SMALL));
    }

    @Test
    void stopsTheWholeRunAndNoRowFollowsTheConfirmation() {
        execute("public.big", "public.large", "public.small");
        awaitRows(1);

        JsonNode stopped = stop();
        assertThat(stopped.path("changed").asBoolean()).isTrue();
        awaitStatus("cancelled");
        JsonNode again = stop();

        assertThat(again.path("changed").asBoolean()).isFalse();
        assertThat(again.path("status").asText()).isEqualTo("cancelled");
        assertRowsInTopicsStayThoseThatWereCounted();
    }

    @Test
    void stopsOneTopicWhileTheOthersGoOnToTheEnd() {
        execute("public.big", "public.small");
        awaitRows(1);

        JsonNode stopped = stop("public.big");

        assertThat(topic(stopped, "public.big").path("status").asText()).isIn("cancelled", "stopping");
        JsonNode run = awaitStatus("completed");
        assertThat(topic(run, "public.big").path("status").asText()).isEqualTo("cancelled");
        assertThat(topic(run, "public.small").path("status").asText()).isEqualTo("completed");
        assertThat(records("small").count()).isEqualTo(SMALL);
        assertRowsInTopicsStayThoseThatWereCounted();
    }

    @Test
    void cancelsARunThatHasJustBeenAskedFor() {
        execute("public.big");

        stop();

        awaitStatus("cancelled");
        assertRowsInTopicsStayThoseThatWereCounted();
    }

    @Test
    void cancelsAPausedRun() {
        String run = execute("public.big");
        awaitRows(1);
        platform.send("POST", "/sources/" + source + "/snapshots/" + run + "/pause");
        long held = awaitStillRows();

        assertThat(stop().path("status").asText()).isEqualTo("cancelled");
        assertThat(newest().path("rows_read").asLong()).isEqualTo(held);
        assertRowsInTopicsStayThoseThatWereCounted();
    }

    @Test
    void holdsOneTopicWhileTheOthersGoOnToTheEnd() {
        String run = execute("public.big", "public.small");
        awaitRows(1);
        String path = "/sources/" + source + "/snapshots/" + run;

        platform.send("POST", path + "/pause", Map.of("topic_names", List.of("public.big")));

        JsonNode held = awaitStatus("paused");
        assertThat(topic(held, "public.small").path("status").asText()).isEqualTo("completed");
        assertThat(records("small").count()).isEqualTo(SMALL);
        assertThat(topic(held, "public.big").path("status").asText()).isEqualTo("paused");
        assertRowsInTopicsStayThoseThatWereCounted();
        platform.send("POST", path + "/resume", Map.of("topic_names", List.of("public.big")));
        awaitStatus("completed");
        assertThat(records("big").keys()).isEqualTo((int) BIG);
    }

    @Test
    void cancelsAtOnceWhileTheSourceIsPausedAndTheNextTaskKnows() {
        execute("public.big");
        awaitRows(1);
        platform.send("POST", "/sources/" + source + "/actions/pause");
        awaitState("Paused");

        assertThat(stop().path("status").asText()).isEqualTo("cancelled");
        platform.send("POST", "/sources/" + source + "/actions/resume");
        awaitState("Active");

        assertRowsInTopicsStayThoseThatWereCounted();
    }

    @Test
    void cancelsAtOnceWhileTheDatabaseIsGoneAndTheNextTaskKnows() {
        execute("public.big");
        awaitRows(1);
        server.kill();
        try {
            awaitState("Broken");

            assertThat(stop().path("status").asText()).isEqualTo("cancelled");
        } finally {
            server.start();
        }
        awaitState("Active");

        assertRowsInTopicsStayThoseThatWereCounted();
    }

    @Test
    void reportsFinishedTopicsAndThoseOutsideTheRun() {
        execute("public.small");
        awaitStatus("completed");

        JsonNode answer = stop("public.small", "public.big");

        assertThat(answer.path("changed").asBoolean()).isFalse();
        assertThat(topic(answer, "public.small").path("status").asText()).isEqualTo("completed");
        assertThat(topic(answer, "public.big").path("status").asText()).isEqualTo("not_in_snapshot");
    }

    @Test
    void continuesAStoppedRunToTheEndWithoutAMissingRow() {
        String run = execute("public.big");
        awaitRows(1);
        stop();
        awaitStatus("cancelled");

        JsonNode next = platform.send("POST", "/sources/" + source + "/snapshots/" + run + "/continue");

        assertThat(next.path("continued_from").asText()).isEqualTo(run);
        awaitStatus("completed");
        assertThat(records("big").keys()).isEqualTo((int) BIG);
    }

    /** S4 and S7: what is in the topics is what was counted, and nothing comes after it. */
    private void assertRowsInTopicsStayThoseThatWereCounted() {
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).untilAsserted(() -> {
            for (JsonNode topic : newest().path("topics")) {
                String table = topic.path("topic_name").asText().substring("public.".length());
                assertThat(records(table).count())
                        .as("%s", table)
                        .isEqualTo(topic.path("rows_read").asLong());
            }
        });
    }

    private String execute(String... topics) {
        return platform.send("POST", "/sources/snapshot", Map.of("source_id", source, "topic_names", List.of(topics)))
                .path("snapshot_id")
                .asText();
    }

    private JsonNode stop(String... topics) {
        return platform.send(
                "POST",
                "/sources/stop_incremental_snapshot",
                Map.of("source_id", source, "topic_names", List.of(topics)));
    }

    private JsonNode newest() {
        return platform.send("GET", "/sources/" + source + "/snapshots")
                .path("result")
                .path(0);
    }

    private void awaitRows(long atLeast) {
        await().atMost(PATIENCE).until(() -> newest().path("rows_read").asLong() >= atLeast);
    }

    private long awaitStillRows() {
        await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> {
            long rows = newest().path("rows_read").asLong();
            return records("big").count() == rows;
        });
        return newest().path("rows_read").asLong();
    }

    private JsonNode awaitStatus(String status) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(newest().path("status").asText()).isEqualTo(status));
        return newest();
    }

    private void awaitState(String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + source)
                        .at("/result/0/connector_status")
                        .asText())
                .isEqualTo(state));
    }

    private TopicRecords records(String table) {
        return TopicRecords.of(platform.kafka(), "source_" + source + ".public." + table);
    }

    private static JsonNode topic(JsonNode answer, String name) {
        for (JsonNode topic : answer.path("topics")) {
            if (topic.path("topic_name").asText().equals(name)) {
                return topic;
            }
        }
        throw new AssertionError("no topic " + name + " in " + answer);
    }

    private static Map<String, Object> body(String name, String database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", server.port());
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.dbname", database);
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", "public.big,public.large,public.small");
        config.put("slot.name", name);
        config.put("publication.name", name + "_pub");
        return Map.of("name", name, "connector", "postgresql", "config", config);
    }
}
