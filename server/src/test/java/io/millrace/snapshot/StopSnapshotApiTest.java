package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.Intent;
import io.millrace.control.TopicState;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.http.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of stop situations, line by line, and whatever else happens to a run, against a task that a test steers. */
class StopSnapshotApiTest {
    private static EmbeddedEngine engine;
    private static SnapshotServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        engine = EmbeddedEngine.start(
                new EmbeddedSettings(folder.resolve("kafka"), Files.createDirectory(folder.resolve("plugins")), 0),
                (path, key) -> Optional.empty());
        server = new SnapshotServer(engine.kafka(), folder);
    }

    @AfterAll
    static void close() {
        server.close();
        engine.close();
    }

    @BeforeEach
    void obey() {
        server.task.obedient(true);
        server.connectors.task(ConnectorState.RUNNING);
    }

    @Test
    void refusesAWrongBodyBeforeAnythingElse() {
        assertThat(server.post("/sources/stop_incremental_snapshot", "{}").status())
                .isEqualTo(422);
        assertThat(server.post("/sources/stop_incremental_snapshot", "{\"source_id\": 1}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void refusesAnUnknownSource() {
        assertThat(stop("66b0f1c9a1b2c3d4e5f6ffff").status()).isEqualTo(404);
    }

    @Test
    void refusesOneUnknownNameAmongGoodOnesAndStopsNothing() {
        String source = running("orders", "items");

        Answer answer = stop(source, "public.orders", "public.nope");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("Unknown topics for source '" + source + "': public.nope");
        assertThat(server.newest(source).path("status").asText()).isEqualTo("running");
        assertThat(server.newest(source).path("topics").findValuesAsText("status"))
                .containsExactly("running", "running");
    }

    @Test
    void findsNothingToStopWhereNeverARunWas() {
        JsonNode answer = stop(server.source("orders")).json();

        assertThat(answer.path("status").asText()).isEqualTo("not_running");
        assertThat(answer.path("changed").asBoolean()).isFalse();
        assertThat(answer.path("snapshot_id").isNull()).isTrue();
        assertThat(answer.path("snapshot_type").isNull()).isTrue();
        assertThat(answer.path("message").asText()).isEqualTo("No snapshot is running");
        assertThat(answer.path("topics")).isEmpty();
    }

    @Test
    void stopsAllTopicsAndSaysSoOnceAlone() {
        String source = running("orders", "items");
        server.task.report(source, Runs.topic("items").id(), TopicState.COMPLETED, 1000);
        awaitTopic(source, 1, "completed");

        JsonNode first = stop(source).json();
        JsonNode second = stop(source).json();

        assertThat(first.path("status").asText()).isEqualTo("cancelled");
        assertThat(first.path("changed").asBoolean()).isTrue();
        assertThat(first.path("topics").findValuesAsText("status")).containsExactly("cancelled", "completed");
        assertThat(second.path("status").asText()).isEqualTo("cancelled");
        assertThat(second.path("changed").asBoolean()).isFalse();
        assertThat(second.path("snapshot_id")).isEqualTo(first.path("snapshot_id"));
        assertThat(audited(source)).containsExactly("execute", "stop");
    }

    @Test
    void stopsOneTopicAndLetsTheOthersGoOnToTheEnd() {
        String source = running("orders", "items");

        JsonNode answer = stop(source, "public.orders").json();

        assertThat(answer.path("status").asText()).isEqualTo("running");
        assertThat(answer.path("topics").findValuesAsText("status")).containsExactly("cancelled", "running");
        server.task.report(source, Runs.topic("items").id(), TopicState.COMPLETED, 1000);
        await().untilAsserted(() ->
                assertThat(server.newest(source).path("status").asText()).isEqualTo("completed"));
        await().untilAsserted(() ->
                assertThat(server.task.desired(source).orElseThrow().run()).isEmpty());
    }

    @Test
    void endsTheRunWhenTheLastTopicsAreNamed() {
        String source = running("orders", "items");

        assertThat(stop(source, "public.items", "public.orders")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void reportsFinishedTopicsAndThoseOutsideTheRunAsTheyAre() {
        String source = server.source("orders", "items", "other");
        execute(source, ", \"topic_names\": [\"public.orders\", \"public.items\"]");
        awaitTopic(source, 0, "running");
        server.task.report(source, Runs.topic("orders").id(), TopicState.COMPLETED, 10);
        awaitTopic(source, 0, "completed");

        JsonNode answer = stop(source, "public.orders", "public.other").json();

        assertThat(answer.path("changed").asBoolean()).isFalse();
        assertThat(answer.path("status").asText()).isEqualTo("running");
        assertThat(answer.path("topics").findValuesAsText("status"))
                .containsExactly("completed", "running", "not_in_snapshot");
    }

    @Test
    void cancelsAPendingRun() {
        server.task.obedient(false);
        String source = server.source("orders");
        execute(source, "");
        server.connectors.task(ConnectorState.UNASSIGNED);

        assertThat(stop(source).json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void cancelsAPausedRunAtOnceAlsoWhenTheTaskIsBusy() {
        String source = running("orders");
        server.post(run(source) + "/pause", "");
        awaitConfirmedPause(source);
        server.task.obedient(false);

        JsonNode answer = stop(source).json();

        assertThat(answer.path("status").asText()).isEqualTo("cancelled");
        assertThat(answer.path("changed").asBoolean()).isTrue();
    }

    @Test
    void saysStoppingWithinFiveSecondsWhileTheTaskHasNotConfirmed() {
        String source = running("orders");
        server.task.obedient(false);
        long begin = System.nanoTime();

        JsonNode answer = stop(source).json();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(answer.path("status").asText()).isEqualTo("stopping");
        assertThat(answer.path("changed").asBoolean()).isTrue();
        assertThat(execute(source, "").status()).isEqualTo(409);
        server.task.obedient(true);
        await().untilAsserted(() ->
                assertThat(server.newest(source).path("status").asText()).isEqualTo("cancelled"));
    }

    @Test
    void confirmsItselfWhereNoTaskCanDeliverARow() {
        for (ConnectorState state : List.of(ConnectorState.PAUSED, ConnectorState.FAILED, ConnectorState.UNASSIGNED)) {
            server.task.obedient(true);
            server.connectors.task(ConnectorState.RUNNING);
            String source = running("orders");
            server.task.obedient(false);
            server.connectors.task(state);

            JsonNode answer = stop(source).json();

            assertThat(answer.path("status").asText()).as("%s", state).isEqualTo("cancelled");
            await().untilAsserted(() ->
                    assertThat(server.task.desired(source).orElseThrow().run()).isEmpty());
        }
    }

    @Test
    void tellsTheNextTaskWhichTopicsAreStopped() {
        String source = running("orders", "items");
        server.task.obedient(false);
        server.connectors.task(ConnectorState.PAUSED);

        JsonNode answer = stop(source, "public.orders").json();

        assertThat(answer.path("topics").findValuesAsText("status")).containsExactly("cancelled", "running");
        assertThat(server.task.desired(source).orElseThrow().run().orElseThrow().topics())
                .extracting(topic -> topic.intent())
                .containsExactly(Intent.STOP, Intent.RUN);
    }

    @Test
    void confirmsAStopLaterWhenTheConnectorGoesDownAfterTheAnswer() {
        String source = running("orders");
        server.task.obedient(false);
        stop(source);

        server.connectors.task(ConnectorState.FAILED);

        await().untilAsserted(() ->
                assertThat(server.newest(source).path("status").asText()).isEqualTo("cancelled"));
    }

    @Test
    void letsOneOfManyStopsAtATimeSayThatItChangedSomething() {
        String source = running("orders", "items");

        List<JsonNode> answers =
                Stream.generate(() ->
                                CompletableFuture.supplyAsync(() -> stop(source).json()))
                        .limit(8)
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers)
                .filteredOn(answer -> answer.path("changed").asBoolean())
                .hasSize(1);
        assertThat(answers).allMatch(answer -> answer.path("status").asText().equals("cancelled"));
        assertThat(audited(source)).containsExactly("execute", "stop");
    }

    @Test
    void cancelChecksNamesAndEndsTheWholeRun() {
        String source = running("orders", "items");

        assertThat(cancel(source, "public.nope").status()).isEqualTo(400);
        assertThat(cancel(source, "public.orders").json().path("topics").findValuesAsText("status"))
                .containsExactly("cancelled", "cancelled");
        assertThat(cancel(source, "public.orders").json().path("changed").asBoolean())
                .isFalse();
    }

    @Test
    void stopsOneRunAndLeavesAFinalOneAsItIs() {
        String source = running("orders", "items");
        String run = run(source);

        JsonNode narrowed = server.post(run + "/stop", "{\"topic_names\": [\"public.orders\"]}")
                .json();
        JsonNode whole = server.post(run + "/stop", "").json();
        Answer again = server.post(run + "/stop", "");

        assertThat(narrowed.path("status").asText()).isEqualTo("running");
        assertThat(whole.path("status").asText()).isEqualTo("cancelled");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(whole);
        assertThat(server.post("/sources/" + source + "/snapshots/66b0f1c9a1b2c3d4e5f6ffff/stop", "")
                        .status())
                .isEqualTo(404);
    }

    private static void awaitConfirmedPause(String source) {
        await().untilAsserted(() -> assertThat(server.store.<Long, RuntimeException>read(handle -> handle.createQuery(
                                "select count(*) from snapshot_topic t join snapshot_run r on r.id = t.run_id"
                                        + " where r.source_id = :source and t.pause_confirmed = 1")
                        .bind("source", source)
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(1));
    }

    private static List<String> audited(String source) {
        return server.store.read(handle -> handle.createQuery(
                        "select action from snapshot_audit where source_id = :source order by at, id")
                .bind("source", source)
                .mapTo(String.class)
                .list());
    }

    private static String running(String... tables) {
        String source = server.source(tables);
        execute(source, "");
        for (int i = 0; i < tables.length; i++) {
            awaitTopic(source, i, "running");
        }
        return source;
    }

    private static void awaitTopic(String source, int index, String status) {
        await().untilAsserted(() -> assertThat(server.newest(source)
                        .path("topics")
                        .path(index)
                        .path("status")
                        .asText())
                .isEqualTo(status));
    }

    private static String run(String source) {
        return "/sources/" + source + "/snapshots/"
                + server.newest(source).path("id").asText();
    }

    private static Answer execute(String source, String members) {
        return server.post("/sources/snapshot", "{\"source_id\": \"" + source + "\"" + members + "}");
    }

    private static Answer stop(String source, String... names) {
        return server.post("/sources/stop_incremental_snapshot", body(source, names));
    }

    private static Answer cancel(String source, String... names) {
        return server.post("/sources/cancel_snapshot", body(source, names));
    }

    private static String body(String source, String... names) {
        String list = names.length == 0 ? "null" : "[\"" + String.join("\", \"", names) + "\"]";
        return "{\"source_id\": \"" + source + "\", \"topic_names\": " + list + "}";
    }
}
