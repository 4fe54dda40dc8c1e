package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.Intent;
import io.millrace.control.TopicState;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyRange;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.http.Json;
import io.millrace.http.TestApi.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress, pauses, continued runs, followers, bulk calls, and what outlives a process. */
class SnapshotLifeApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

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
    void showsWhatTheTaskReports() {
        String source = running("orders", "items");
        server.task.report(source, Runs.topic("orders").id(), TopicState.RUNNING, 250);
        await().until(() -> server.newest(source).path("rows_read").asLong() == 250);

        JsonNode run = server.get(run(source)).json();

        assertThat(run.path("percent").asDouble()).isEqualTo(12.5);
        assertThat(run.path("bytes_read").asLong()).isEqualTo(25_000);
        assertThat(run.path("requested_by").asText()).isEqualTo("client");
        assertThat(run.at("/topics/0/percent").asDouble()).isEqualTo(25.0);
        assertThat(run.at("/topics/0/last_key/id").asLong()).isEqualTo(250);
        assertThat(run.at("/topics/0/chunk_size").asInt()).isEqualTo(500);
        assertThat(run.at("/topics/0/rows_per_second").isNumber()).isTrue();
        assertThat(run.at("/topics/1/rows_read").asLong()).isZero();
    }

    @Test
    void showsHowEndsOfChunksAreRecognisedOnceTheTaskHasSaidSo() {
        String source = server.source("orders");
        server.task.obedient(false);
        server.post("/sources/snapshot", "{\"source_id\": \"" + source + "\"}");
        assertThat(server.newest(source).path("marker_kind").isNull()).isTrue();

        server.task.obedient(true);

        await().untilAsserted(() ->
                assertThat(server.newest(source).path("marker_kind").asText()).isEqualTo("log_message"));
    }

    @Test
    void countsTheRangeAndNeverTakesProgressBack() {
        String source = server.source("huge");
        TableTopic topic = Runs.topic("huge");
        server.databases.put(topic, FixedDatabases.sized(new Estimate(1000, EstimateKind.ESTIMATED), "id"));
        execute(
                source,
                ", \"additional_conditions\": [{\"data_collection\": \"public.huge\", \"filter\": \"id > 7\"}]");
        assertThat(server.newest(source).path("estimate_kind").asText()).isEqualTo("estimated");
        server.task.report(source, topic.id(), TopicState.RUNNING, 500);
        await().until(() -> server.newest(source).at("/topics/0/percent").asDouble() == 50);

        server.databases.count(topic, 2000);
        server.restart();

        await().untilAsserted(() ->
                assertThat(server.newest(source).path("estimate_kind").asText()).isEqualTo("exact"));
        JsonNode run = server.newest(source);
        assertThat(run.path("rows_estimated").asLong()).isEqualTo(2000);
        assertThat(run.path("percent").asDouble()).isEqualTo(50);
        assertThat(run.at("/topics/0/percent").asDouble()).isEqualTo(50);
        assertThat(server.databases.counted(topic))
                .contains(new KeyRange(
                        List.of("id"), Optional.empty(), Optional.of(Runs.key(5000)), Optional.of("id > 7")));
        server.task.report(source, topic.id(), TopicState.RUNNING, 1500);
        await().until(() -> server.newest(source).at("/topics/0/percent").asDouble() == 75);
    }

    @Test
    void failsWithTheReasonOfTheTopic() {
        String source = running("orders");
        server.task.report(source, Runs.topic("orders").id(), TopicState.FAILED, 10);

        await().untilAsserted(() ->
                assertThat(server.newest(source).path("status").asText()).isEqualTo("failed"));
        assertThat(server.newest(source).path("error").asText()).isEqualTo("public.orders: The table is gone");
    }

    @Test
    void pausesAndResumes() {
        String source = running("orders");

        assertThat(server.post(run(source) + "/pause", "").json().path("status").asText())
                .isEqualTo("paused");
        assertThat(server.post(run(source) + "/pause", "").status()).isEqualTo(200);
        await().until(() -> intent(source).equals(Optional.of(Intent.PAUSE)));
        assertThat(server.post(run(source) + "/resume", "")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("running");
        assertThat(server.post(run(source) + "/resume", "").status()).isEqualTo(200);
        await().until(() -> intent(source).equals(Optional.of(Intent.RUN)));
    }

    @Test
    void pausesAndResumesSingleTopics() {
        String source = running("orders", "items");
        String items = "{\"topic_names\": [\"public.items\"]}";

        Answer paused = server.post(run(source) + "/pause", items);

        assertThat(paused.json().path("topics").findValuesAsText("status")).containsExactly("running", "paused");
        assertThat(paused.json().path("status").asText()).isEqualTo("running");
        await().until(() -> intents(source).equals(List.of(Intent.RUN, Intent.PAUSE)));
        server.post(run(source) + "/resume", items);
        await().until(() -> intents(source).equals(List.of(Intent.RUN, Intent.RUN)));
        Answer unknown = server.post(run(source) + "/pause", "{\"topic_names\": [\"public.items\", \"nope\"]}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("nope").doesNotContain("public.items");
    }

    @Test
    void refusesToSteerARunThatIsOver() {
        String source = running("orders");
        stop(source);

        assertThat(server.post(run(source) + "/pause", "").status()).isEqualTo(409);
        assertThat(server.post(run(source) + "/resume", "").status()).isEqualTo(409);
        assertThat(server.post("/sources/" + source + "/snapshots/nope/pause", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void continuesBehindTheLastKeyOfEachUnfinishedTopic() {
        String source = server.source("orders", "items", "done");
        execute(source, ", \"max_rows_per_second\": 9, \"priority\": [\"public.orders\"], \"request_id\": \"r\"");
        server.task.report(source, Runs.topic("orders").id(), TopicState.RUNNING, 400);
        server.task.report(source, Runs.topic("done").id(), TopicState.COMPLETED, 900);
        await().until(() -> server.newest(source).path("rows_read").asLong() == 1300);
        String first = server.newest(source).path("id").asText();
        stop(source);

        Answer answer = server.post(run(source) + "/continue", "");

        assertThat(answer.json().path("continued_from").asText()).isEqualTo(first);
        assertThat(answer.json().path("id").asText()).isNotEqualTo(first);
        assertThat(answer.json().path("topics").findValuesAsText("topic_name"))
                .containsExactly("public.orders", "public.items");
        assertThat(answer.json().at("/topics/0/rows_estimated").asLong()).isEqualTo(600);
        assertThat(answer.json().at("/limits/max_rows_per_second").asInt()).isEqualTo(9);
        assertThat(answer.json().at("/limits/priority/0").asText()).isEqualTo("public.orders");
        assertThat(answer.json().path("request_id").isNull()).isTrue();
        await().untilAsserted(() -> assertThat(server.task
                        .desired(source)
                        .orElseThrow()
                        .run()
                        .orElseThrow()
                        .topics())
                .extracting(topic -> topic.startAfter())
                .containsExactly(Optional.of(Runs.key(400)), Optional.empty()));
    }

    @Test
    void refusesToContinueWhatCannotBe() {
        String source = running("orders");
        String run = run(source);
        assertThat(server.post(run + "/continue", "").status()).isEqualTo(409);
        server.task.report(source, Runs.topic("orders").id(), TopicState.RUNNING, 10);
        await().until(() -> server.newest(source).path("rows_read").asLong() == 10);
        stop(source);
        assertThat(server.post(run + "/continue", "{\"topic_names\": [\"public.nope\"]}")
                        .status())
                .isEqualTo(400);
        server.databases.put(Runs.topic("orders"), FixedDatabases.keyed("other"));

        Answer answer = server.post(run + "/continue", "");
        server.databases.put(Runs.topic("orders"), FixedDatabases.keyed("id"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("key of table 'public.orders' was [id]");
        server.post(run + "/continue", "");
        assertThat(server.post(run + "/continue", "").status()).isEqualTo(409);
    }

    @Test
    void tellsFollowersWhatHappensUntilTheEnd() {
        String source = running("orders");
        CompletableFuture<List<String>> followed = follow(run(source) + "/events", "41");

        server.task.report(source, Runs.topic("orders").id(), TopicState.RUNNING, 100);
        await().until(() -> server.newest(source).path("rows_read").asLong() == 100);
        server.task.report(source, Runs.topic("orders").id(), TopicState.COMPLETED, 1000);

        List<String> lines = followed.join();
        List<String> names = lines.stream()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .toList();
        assertThat(names).startsWith("snapshot").contains("progress", "status").endsWith("end");
        assertThat(lines.stream().filter(line -> line.startsWith("id: ")).toList())
                .startsWith("id: 42", "id: 43")
                .doesNotHaveDuplicates();
        JsonNode end = data(lines.get(lines.size() - 2));
        assertThat(end.path("status").asText()).isEqualTo("completed");
    }

    @Test
    void tellsWhoComesLateTheRunAndItsEnd() {
        String source = running("orders");
        stop(source);

        List<String> lines = follow(run(source) + "/events", "").join();

        assertThat(lines.stream().filter(line -> line.startsWith("event: ")))
                .containsExactly("event: snapshot", "event: end");
    }

    @Test
    void goesOnAfterARestartOfTheServer() {
        String source = running("orders");
        server.task.report(source, Runs.topic("orders").id(), TopicState.RUNNING, 300);
        await().until(() -> server.newest(source).path("rows_read").asLong() == 300);

        server.restart();
        server.task.report(source, Runs.topic("orders").id(), TopicState.RUNNING, 600);

        await().until(() -> server.newest(source).path("rows_read").asLong() == 600);
        assertThat(server.newest(source).path("status").asText()).isEqualTo("running");
        assertThat(stop(source).json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void publishesAfterARestartWhatADeadProcessOnlyWroteDown() {
        String source = server.source("orders");
        Run run = Runs.pending(new RunId("66b0f2d1a1b2c3d4e5f6aaaa"), "orders");
        Run ofSource = new Run(run.id(), source, run.order(), run.state(), run.topics(), run.percent());
        new SnapshotRepository(server.store).change(source, runs -> {
            runs.insert(ofSource);
            runs.touch();
            return true;
        });

        server.restart();

        await().untilAsserted(() ->
                assertThat(server.newest(source).path("status").asText()).isEqualTo("running"));
    }

    @Test
    void endsTheRunOfASourceThatIsDeleted() {
        String source = running("orders");
        String run = server.newest(source).path("id").asText();

        server.sources.delete(source);

        await().until(() -> new SnapshotRepository(server.store)
                        .find(source, new RunId(run))
                        .orElseThrow()
                        .state()
                        .status()
                == RunStatus.CANCELLED);
        await().untilAsserted(() ->
                assertThat(server.task.desired(source).orElseThrow().run()).isEmpty());
    }

    @Test
    void startsAndStopsManySources() {
        String first = server.source("orders");
        String second = running("items");
        String ids = "\"" + first + "\", \"" + second + "\", \"66b0f1c9a1b2c3d4e5f6ffff\"";

        JsonNode started = server.post("/sources/bulk/snapshot", "{\"ids\": [" + ids + "]}")
                .json();
        JsonNode stopped = server.post("/sources/bulk/stop-snapshot", "{\"ids\": [" + ids + "]}")
                .json();

        assertThat(started.path("results").findValuesAsText("success")).containsExactly("true", "false", "false");
        assertThat(started.at("/results/1/message").asText())
                .isEqualTo("A snapshot is already running for source 'shop'");
        assertThat(started.at("/summary/failed").asInt()).isEqualTo(2);
        assertThat(stopped.path("results").findValuesAsText("success")).containsExactly("true", "true", "false");
        assertThat(stopped.at("/results/0/data/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void startsAndStopsBySourceWhatTopicsAreNamed() {
        String source = server.source("orders", "items", "other");
        String ids = "[\"" + source + "/public.orders\", \"" + source + "/public.items\", \"made-by-hand\"]";

        JsonNode started = server.post("/topics/bulk/snapshot", "{\"topic_ids\": " + ids + "}")
                .json();
        assertThat(started.path("results")).hasSize(1);
        assertThat(server.newest(source).path("topics").findValuesAsText("topic_name"))
                .containsExactly("public.orders", "public.items");

        JsonNode stopped = server.post(
                        "/topics/bulk/stop-snapshot", "{\"topic_ids\": [\"" + source + "/public.other\"]}")
                .json();
        assertThat(stopped.at("/results/0/data/status").asText()).isEqualTo("cancelled");
        assertThat(stopped.at("/summary/total").asInt()).isEqualTo(1);
    }

    private static CompletableFuture<List<String>> follow(String path, String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", SnapshotServer.TOKEN);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .thenApply(answer -> {
                    try (Stream<String> lines = answer.body()) {
                        return new ArrayList<>(lines.toList());
                    }
                });
    }

    private static JsonNode data(String line) {
        try {
            return Json.mapper().readTree(line.substring("data: ".length()));
        } catch (IOException e) {
            throw new AssertionError("no event: " + line, e);
        }
    }

    private static Optional<Intent> intent(String source) {
        return server.task.desired(source).flatMap(wish -> wish.run()).map(run -> run.intent());
    }

    private static List<Intent> intents(String source) {
        return server.task.desired(source).flatMap(wish -> wish.run()).stream()
                .flatMap(run -> run.topics().stream().map(run::intentOf))
                .toList();
    }

    private static String running(String... tables) {
        String source = server.source(tables);
        execute(source, "");
        return source;
    }

    private static void execute(String source, String members) {
        server.post("/sources/snapshot", "{\"source_id\": \"" + source + "\"" + members + "}");
        await().untilAsserted(
                        () -> assertThat(server.newest(source).path("topics").findValuesAsText("status"))
                                .isNotEmpty()
                                .containsOnly("running"));
    }

    private static String run(String source) {
        return "/sources/" + source + "/snapshots/"
                + server.newest(source).path("id").asText();
    }

    private static Answer stop(String source) {
        return server.post("/sources/stop_incremental_snapshot", "{\"source_id\": \"" + source + "\"}");
    }
}
