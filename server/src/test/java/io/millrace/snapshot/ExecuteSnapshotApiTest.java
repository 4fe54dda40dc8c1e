package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.RunWindow;
import io.millrace.control.SnapshotKind;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.http.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecuteSnapshotApiTest {
    private static final String SIXTY_FIVE = "12345678901234567890123456789012345678901234567890123456789012345";

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

    @Test
    void answersAtOnceThatTheRunIsPending() {
        String source = server.source("orders", "items");
        server.task.obedient(false);

        JsonNode answer = execute(source, "").json();

        assertThat(answer.path("status").asText()).isEqualTo("pending");
        assertThat(answer.path("changed").asBoolean()).isTrue();
        assertThat(answer.path("snapshot_type").asText()).isEqualTo("incremental");
        assertThat(answer.path("source_id").asText()).isEqualTo(source);
        assertThat(answer.path("topics").findValuesAsText("topic_name"))
                .containsExactly("public.orders", "public.items");
        assertThat(answer.at("/topics/0/rows_estimated").asLong()).isEqualTo(1000);
        assertThat(answer.at("/topics/0/last_key").isNull()).isTrue();
        assertThat(answer.path("message").isNull()).isTrue();
    }

    @Test
    void refusesASecondRunWhileOneIsActive() {
        String source = server.source("orders");
        execute(source, "");

        Answer second = execute(source, "");

        assertThat(second.status()).isEqualTo(409);
        assertThat(detail(second)).isEqualTo("A snapshot is already running for source 'shop'");
    }

    @Test
    void findsTheRunAgainThatARequestIdStarted() {
        String source = server.source("orders");
        String first = execute(source, ", \"request_id\": \"r-1\"")
                .json()
                .path("snapshot_id")
                .asText();

        JsonNode again = execute(source, ", \"request_id\": \"r-1\"").json();

        assertThat(again.path("snapshot_id").asText()).isEqualTo(first);
        assertThat(again.path("changed").asBoolean()).isFalse();
        assertThat(execute(source, ", \"request_id\": \"r-2\"").status()).isEqualTo(409);
    }

    @Test
    void readsPrioritisedTopicsFirst() {
        String source = server.source("a", "b", "c");

        JsonNode answer = execute(source, ", \"priority\": [\"public.c\"]").json();

        assertThat(answer.path("topics").findValuesAsText("topic_name"))
                .containsExactly("public.c", "public.a", "public.b");
        assertThat(server.newest(source).at("/limits/priority/0").asText()).isEqualTo("public.c");
    }

    @Test
    void refusesUnknownTopicsAndStartsNothing() {
        String source = server.source("orders");

        Answer answer = execute(source, ", \"topic_names\": [\"public.orders\", \"public.nope\", \"x\"]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).isEqualTo("Unknown topics for source '" + source + "': public.nope, x");
        assertThat(server.newest(source).isMissingNode()).isTrue();
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        String source = server.source("orders", "items");

        Answer answer = execute(
                source,
                """
                , "topic_names": ["public.orders"], "additional_conditions": [
                  {"data_collection": "public.items", "filter": "id > 1"},
                  {"data_collection": "public.orders", "filter": "id > 1"},
                  {"data_collection": "public.orders", "filter": "id > 2"},
                  {"data_collection": "public.nope", "filter": "id > 2"}]
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer))
                .contains("Unknown topics for source '" + source + "': public.nope")
                .contains("'public.items', which is not among the topics")
                .contains("two filters for 'public.orders'");
    }

    @Test
    void refusesAFilterInTheWordsOfTheDatabase() {
        String source = server.source("refused");
        server.databases.put(
                Runs.topic("refused"),
                FixedDatabases.refusing(new Problem(
                        Problem.Code.FILTER_INVALID,
                        "column \"nope\" does not exist",
                        Optional.of("additional_conditions"))));

        Answer answer = execute(
                source,
                ", \"additional_conditions\": [{\"data_collection\": \"public.refused\", \"filter\": \"nope > 1\"}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).isEqualTo("column \"nope\" does not exist");
    }

    @Test
    void skipsTablesWithoutAKeyInARunOverAll() {
        String source = server.source("orders", "keyless");
        server.databases.put(Runs.topic("keyless"), FixedDatabases.keyed());

        JsonNode answer = execute(source, "").json();

        assertThat(answer.at("/topics/1/status").asText()).isEqualTo("skipped");
        assertThat(server.newest(source).path("rows_estimated").asLong()).isEqualTo(1000);
    }

    @Test
    void refusesATableWithoutAKeyThatIsNamed() {
        String source = server.source("orders", "keyless");
        server.databases.put(Runs.topic("keyless"), FixedDatabases.keyed());

        Answer answer = execute(source, ", \"topic_names\": [\"public.orders\", \"public.keyless\"]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).contains("'public.keyless'").contains("surrogate_key");
    }

    @Test
    void refusesARunInWhichEverythingWouldBeSkipped() {
        String source = server.source("keyless");
        server.databases.put(Runs.topic("keyless"), FixedDatabases.keyed());

        assertThat(execute(source, "").status()).isEqualTo(400);
    }

    @Test
    void keepsLimitsInTheRecordAndTellsTheTask() {
        String source = server.source("orders");

        execute(
                source,
                """
                , "max_rows_per_second": 500, "max_bytes_per_second": 100000, "request_id": "nightly-1",
                  "run_windows": [{"from": "00:00", "to": "00:00", "timezone": "Europe/Berlin"}]
                """);

        JsonNode run = server.newest(source);
        assertThat(run.path("request_id").asText()).isEqualTo("nightly-1");
        assertThat(run.path("limits"))
                .isEqualTo(StoredJson.read(
                        """
                        {"max_rows_per_second": 500, "max_bytes_per_second": 100000, "priority": null,
                         "run_windows": [{"from": "00:00", "to": "00:00", "timezone": "Europe/Berlin"}]}
                        """,
                        StoredJson.TREE));
        await().untilAsserted(() -> assertThat(terms(source))
                .contains(new RunTerms(
                        SnapshotKind.INCREMENTAL,
                        Optional.of(500L),
                        Optional.of(100_000L),
                        List.of(new RunWindow(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("Europe/Berlin"))))));
    }

    @Test
    void showsARunOutsideOfItsWindowsAsPaused() {
        String source = server.source("orders");

        JsonNode answer = execute(source, ", \"run_windows\": [" + anHourThatIsNotNow() + "]")
                .json();

        assertThat(answer.path("status").asText()).isEqualTo("pending");
        assertThat(server.newest(source).path("status").asText()).isEqualTo("paused");
        assertThat(server.newest(source).at("/topics/0/status").asText()).isEqualTo("paused");
        String runs = "/sources/" + source + "/snapshots?status=";
        assertThat(server.get(runs + "paused").json().path("total").asInt()).isEqualTo(1);
        assertThat(server.get(runs + "pending,running").json().path("total").asInt())
                .isZero();
        await().untilAsserted(() -> assertThat(server.task.desired(source).flatMap(DesiredSnapshot::run))
                .hasValueSatisfying(run -> assertThat(run.intent()).isEqualTo(Intent.RUN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"max_rows_per_second\": 0",
                "\"max_bytes_per_second\": \"x\"",
                "\"max_rows_per_second\": 1.5",
                "\"run_windows\": [{\"from\": \"25:00\", \"to\": \"05:00\", \"timezone\": \"UTC\"}]",
                "\"run_windows\": [{\"from\": \"22:00\", \"to\": \"05:00\", \"timezone\": \"Mars/Base\"}]",
                "\"run_windows\": [{\"from\": \"22:00\", \"to\": \"05:00\"}]",
                "\"run_windows\": {\"from\": \"22:00\", \"to\": \"05:00\", \"timezone\": \"UTC\"}",
                "\"request_id\": \"" + SIXTY_FIVE + "\"",
                "\"request_id\": \"\"",
                "\"priority\": \"public.a\"",
                "\"snapshot_type\": \"Incremental\""
            })
    void refusesTheWrongShapeOfExtras(String member) {
        Answer answer = execute(server.source("orders"), ", " + member);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").isArray()).isTrue();
    }

    @Test
    void takesNullForWhatItDoesNotHave() {
        Answer answer = execute(
                server.source("orders"),
                ", \"max_rows_per_second\": null, \"max_bytes_per_second\": null, \"run_windows\": null,"
                        + " \"priority\": null, \"request_id\": null, \"surrogate_key\": null, \"topic_names\": []");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void ignoresTheKindInTheIncrementalCall() {
        String source = server.source("orders");

        Answer answer = server.post(
                "/sources/execute_incremental_snapshot",
                "{\"source_id\": \"" + source + "\", \"snapshot_type\": \"blocking\"}");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void refusesASourceThatDoesNotRun() {
        String source = server.source("orders");
        server.sources.put(source, false, Runs.topics("orders"));

        Answer answer = execute(source, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).contains("'shop' is not running (Paused)");
    }

    @Test
    void knowsNoSuchSource() {
        assertThat(execute("66b0f1c9a1b2c3d4e5f6ffff", "").status()).isEqualTo(404);
    }

    @Test
    void validatesWithoutStartingAnything() {
        String source = server.source("orders", "bare");
        server.databases.put(Runs.topic("bare"), FixedDatabases.keyed());

        JsonNode answer = server.post(
                        "/sources/snapshot/validate",
                        "{\"source_id\": \"" + source
                                + "\", \"topic_names\": [\"public.orders\", \"public.bare\", \"z\"]}")
                .json();

        assertThat(answer.path("ok").asBoolean()).isFalse();
        assertThat(answer.at("/errors/0/code").asText()).isEqualTo("unknown_topic");
        assertThat(answer.at("/topics/0/ok").asBoolean()).isTrue();
        assertThat(answer.at("/topics/0/key_origin").asText()).isEqualTo("primary_key");
        assertThat(answer.at("/topics/0/marker_kind").asText()).isEqualTo("position");
        assertThat(answer.at("/topics/0/bytes_estimated").asLong()).isEqualTo(64_000);
        assertThat(answer.at("/topics/0/duration_estimated_ms").asLong())
                .isEqualTo(Progress.millisFor(1000, Progress.USUAL_ROWS_PER_SECOND));
        assertThat(answer.at("/topics/1/errors/0/code").asText()).isEqualTo("no_key");
        assertThat(server.newest(source).isMissingNode()).isTrue();
    }

    @Test
    void reckonsTheDurationWithTheLimitsAsked() {
        String source = server.source("orders");

        JsonNode answer = server.post(
                        "/sources/snapshot/validate",
                        "{\"source_id\": \"" + source + "\", \"max_rows_per_second\": 10}")
                .json();

        assertThat(answer.at("/topics/0/duration_estimated_ms").asLong()).isEqualTo(100_000);
    }

    @Test
    void validationNamesTheRunThatIsInTheWay() {
        String source = server.source("orders");
        String run = execute(source, "").json().path("snapshot_id").asText();

        JsonNode answer = server.post("/sources/snapshot/validate", "{\"source_id\": \"" + source + "\"}")
                .json();

        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("running_snapshot_id").asText()).isEqualTo(run);
    }

    @Test
    void listsRunsOfAnUnknownSourceAsAnEmptyPage() {
        JsonNode page = server.get("/sources/xyz/snapshots").json();

        assertThat(page.path("result")).isEmpty();
        assertThat(page.path("total").asLong()).isZero();
    }

    @Test
    void listsTheRunsThatAreInOneOfSomeStates() {
        String source = server.source("orders");
        execute(source, "");
        String runs = "/sources/" + source + "/snapshots?status=";

        assertThat(server.get(runs + "pending,running").json().path("total").asInt())
                .isEqualTo(1);
        assertThat(server.get(runs + "completed,nope").json().path("total").asInt())
                .isZero();
    }

    private static Optional<RunTerms> terms(String source) {
        return server.task.desired(source).flatMap(DesiredSnapshot::run).map(DesiredRun::terms);
    }

    /** Returns a window that begins in two hours and lasts one. */
    private static String anHourThatIsNotNow() {
        LocalTime from = LocalTime.now(ZoneOffset.UTC).plusHours(2).truncatedTo(ChronoUnit.MINUTES);
        return "{\"from\": \"" + from + "\", \"to\": \"" + from.plusHours(1) + "\", \"timezone\": \"UTC\"}";
    }

    private static Answer execute(String source, String members) {
        return server.post("/sources/snapshot", "{\"source_id\": \"" + source + "\"" + members + "}");
    }

    private static String detail(Answer answer) {
        return answer.json().path("detail").asText();
    }
}
