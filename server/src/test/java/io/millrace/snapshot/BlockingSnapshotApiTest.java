package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.RunTerms;
import io.millrace.control.TopicState;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.http.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The column "blocking" of the contract's table, and the calls that are for one kind only. */
class BlockingSnapshotApiTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/sources/snapshot | , \"snapshot_type\": \"blocking\"", "/sources/execute_blocking_snapshot | ''"
            })
    void startsOverTablesWithAndWithoutAKey(String path, String members) {
        String source = server.source("orders", "keyless");
        server.databases.put(Runs.topic("keyless"), FixedDatabases.keyed());

        JsonNode answer = server.post(path, "{\"source_id\": \"" + source + "\"" + members + "}")
                .json();

        assertThat(answer.path("snapshot_type").asText()).isEqualTo("blocking");
        assertThat(answer.path("status").asText()).isEqualTo("pending");
        assertThat(answer.path("topics").findValuesAsText("status")).containsExactly("pending", "pending");
        await().untilAsserted(() -> assertThat(server.task
                        .desired(source)
                        .flatMap(DesiredSnapshot::run)
                        .map(DesiredRun::terms))
                .contains(RunTerms.BLOCKING));
        assertThat(server.newest(source).path("snapshot_type").asText()).isEqualTo("blocking");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sources/snapshot", "/sources/execute_blocking_snapshot"})
    void refusesFiltersAndASurrogateKey(String path) {
        String source = server.source("orders");
        String blocking = "{\"source_id\": \"" + source + "\", \"snapshot_type\": \"blocking\", ";

        Answer filtered = server.post(
                path,
                blocking
                        + "\"additional_conditions\": [{\"data_collection\": \"public.orders\", \"filter\": \"id >"
                        + " 1\"}]}");
        Answer ordered = server.post(path, blocking + "\"surrogate_key\": \"id\"}");

        assertThat(filtered.status()).isEqualTo(400);
        assertThat(detail(filtered)).contains("additional_conditions");
        assertThat(ordered.status()).isEqualTo(400);
        assertThat(detail(ordered)).contains("surrogate_key");
        assertThat(server.newest(source).isMissingNode()).isTrue();
    }

    @Test
    void refusesWindowsAndTakesOtherLimits() {
        String source = server.source("orders");
        String start = "{\"source_id\": \"" + source + "\", ";

        Answer windows = server.post(
                "/sources/execute_blocking_snapshot",
                start + "\"run_windows\": [{\"from\": \"01:00\", \"to\": \"05:00\", \"timezone\": \"UTC\"}]}");
        server.post("/sources/execute_blocking_snapshot", start + "\"max_rows_per_second\": 7, \"run_windows\": []}");

        assertThat(windows.status()).isEqualTo(400);
        assertThat(detail(windows)).contains("run_windows");
        assertThat(server.newest(source).at("/limits/max_rows_per_second").asInt())
                .isEqualTo(7);
    }

    @Test
    void takesEmptyFiltersAndIgnoresTheKindInTheBlockingCall() {
        String source = server.source("orders");

        Answer answer = server.post(
                "/sources/execute_blocking_snapshot",
                "{\"source_id\": \"" + source + "\", \"snapshot_type\": \"incremental\", \"additional_conditions\": [],"
                        + " \"surrogate_key\": null}");

        assertThat(answer.json().path("snapshot_type").asText()).isEqualTo("blocking");
    }

    @Test
    void endsAsAWholeByTheCallsThatAreForIt() {
        for (String call : new String[] {"stop_blocking_snapshot", "cancel_snapshot"}) {
            String source = blocking("orders", "items");

            JsonNode answer = server.post(
                            "/sources/" + call,
                            "{\"source_id\": \"" + source + "\", \"topic_names\": [\"public.orders\"]}")
                    .json();

            assertThat(answer.path("status").asText()).as(call).isEqualTo("cancelled");
            assertThat(answer.path("changed").asBoolean()).isTrue();
            assertThat(answer.path("topics").findValuesAsText("status")).containsExactly("cancelled", "cancelled");
        }
    }

    @Test
    void refusesTheIncrementalStop() {
        String source = blocking("orders");

        Answer stop = post("stop_incremental_snapshot", source);
        Answer unknown = server.post(
                "/sources/stop_incremental_snapshot",
                "{\"source_id\": \"" + source + "\", \"topic_names\": [\"public.nope\"]}");

        assertThat(stop.status()).isEqualTo(409);
        assertThat(detail(stop))
                .isEqualTo("A blocking snapshot is running for source 'shop'; use /sources/cancel_snapshot");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(server.newest(source).path("status").asText()).isEqualTo("running");
    }

    @Test
    void refusesTheBlockingStopOfAnIncrementalRun() {
        String source = server.source("orders");
        post("execute_incremental_snapshot", source);

        Answer stop = post("stop_blocking_snapshot", source);

        assertThat(stop.status()).isEqualTo(409);
        assertThat(detail(stop)).startsWith("An incremental snapshot is running for source 'shop'");
        post("cancel_snapshot", source);
        JsonNode after = post("stop_blocking_snapshot", source).json();
        assertThat(after.path("changed").asBoolean()).isFalse();
        assertThat(after.path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void checksTheNamesOfTheBlockingStop() {
        String source = blocking("orders");
        String body = "{\"source_id\": \"" + source + "\", \"topic_names\": ";

        assertThat(server.post("/sources/stop_blocking_snapshot", body + "[\"x\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.post("/sources/stop_blocking_snapshot", body + "5}").status())
                .isEqualTo(422);
        assertThat(post("stop_blocking_snapshot", "66b0f1c9a1b2c3d4e5f6ffff").status())
                .isEqualTo(404);
        assertThat(post("stop_blocking_snapshot", server.source("orders"))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("not_running");
    }

    @Test
    void cannotBeSteeredTopicByTopicOrContinued() {
        String source = blocking("orders", "items");
        String run = "/sources/" + source + "/snapshots/"
                + server.newest(source).path("id").asText();

        assertThat(server.post(run + "/pause", "").status()).isEqualTo(409);
        assertThat(server.post(run + "/resume", "").status()).isEqualTo(409);
        assertThat(server.post(run + "/stop", "{\"topic_names\": [\"public.orders\"]}")
                        .status())
                .isEqualTo(409);
        assertThat(server.post(run + "/stop", "").json().path("status").asText())
                .isEqualTo("cancelled");
        Answer again = server.post(run + "/continue", "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(detail(again)).contains("was blocking");
    }

    @Test
    void startsManySourcesAndValidates() {
        String first = server.source("orders");
        String second = server.source("keyless");
        server.databases.put(Runs.topic("keyless"), FixedDatabases.keyed());

        JsonNode valid = server.post(
                        "/sources/snapshot/validate",
                        "{\"source_id\": \"" + second + "\", \"snapshot_type\": \"blocking\"}")
                .json();
        JsonNode started = server.post(
                        "/sources/bulk/snapshot",
                        "{\"ids\": [\"" + first + "\", \"" + second + "\"], \"snapshot_type\": \"blocking\"}")
                .json();

        assertThat(valid.path("ok").asBoolean()).isTrue();
        assertThat(valid.path("snapshot_type").asText()).isEqualTo("blocking");
        assertThat(started.at("/summary/succeeded").asInt()).isEqualTo(2);
        assertThat(server.newest(second).path("snapshot_type").asText()).isEqualTo("blocking");
    }

    @Test
    void completesByTheReportsOfTheTask() {
        String source = blocking("orders");

        server.task.report(source, Runs.topic("orders").id(), TopicState.COMPLETED, 1000);

        await().untilAsserted(() ->
                assertThat(server.newest(source).path("status").asText()).isEqualTo("completed"));
    }

    private static String blocking(String... tables) {
        String source = server.source(tables);
        post("execute_blocking_snapshot", source);
        await().untilAsserted(
                        () -> assertThat(server.newest(source).path("topics").findValuesAsText("status"))
                                .hasSize(tables.length)
                                .containsOnly("running"));
        return source;
    }

    private static Answer post(String call, String source) {
        return server.post("/sources/" + call, "{\"source_id\": \"" + source + "\"}");
    }

    private static String detail(Answer answer) {
        return answer.json().path("detail").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sources/snapshot", "/sources/snapshot/validate", "/sources/execute_blocking_snapshot"})
    void isRefusedBySourcesThatCannotHoldTheirStream(String path) {
        String source = server.source("orders");
        server.sources.putWithoutHolding(source, Runs.topics("orders"));

        Answer answer = server.post(path, "{\"source_id\": \"" + source + "\", \"snapshot_type\": \"blocking\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("'shop'").contains("incremental");
        assertThat(server.newest(source).isMissingNode()).isTrue();
    }
}
