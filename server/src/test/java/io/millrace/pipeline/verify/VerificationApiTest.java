package io.millrace.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.source.SourceConfigs;
import io.millrace.store.OnEveryStore;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class VerificationApiTest {
    private static final Instant BEGUN = Instant.parse("2026-01-15T10:30:00Z");

    private final TestStore database;

    @TempDir
    private Path folder;

    private ServedConnectors served;
    private VerificationRepository reports;
    private String pipeline;

    VerificationApiTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        served = new ServedConnectors(database.open(folder), folder, new MemoryEngine());
        reports = new VerificationRepository(served.store());
        String source = made(
                "/sources?wait=false",
                "{'name':'pg','connector':'postgresql','desired_state':'Pending','config':"
                        + SourceConfigs.postgresql("'table.include.list.user.defined':'public.orders'")
                                .toString()
                                .replace('"', '\'')
                        + "}");
        String destination = made("/destinations?wait=false", "{'name':'wv','connector':'weaviate','config':{}}");
        pipeline = made(
                "/pipelines?wait=false",
                "{'name':'p','source':{'id':'" + source + "','name':'s','connector':'postgresql','topics':"
                        + "['public.orders']},'destination':{'id':'" + destination
                        + "','name':'d','connector':'weaviate'}}");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void saysThatItWasNotRun() {
        JsonNode report = served.ok("GET", verify(), "");

        assertThat(report.path("status").asText()).isEqualTo("not_run");
        assertThat(report.path("ok").isNull()).isTrue();
        assertThat(report.path("topics")).isEmpty();
    }

    @Test
    void refusesADestinationThatCannotBeAsked() {
        served.refused(
                "POST",
                verify(),
                "{}",
                400,
                "Destination 'wv' (weaviate) cannot be queried, so its tables cannot be compared with those of the"
                        + " source");
    }

    @Test
    void keepsTheNewestTwentyAndFindsEachByItsId() {
        for (int i = 0; i < 25; i++) {
            VerifyReport report = running(id(i), BEGUN.plusSeconds(i));
            reports.begin(id(i), "tests", BEGUN.plusSeconds(i), report);
            reports.update(report.finished(BEGUN.plusSeconds(i + 1)));
        }

        assertThat(served.ok("GET", verify(), "").path("verification_id").asText())
                .isEqualTo(id(24));
        assertThat(served.ok("GET", verify() + "?verification_id=" + id(6), "")
                        .path("status")
                        .asText())
                .isEqualTo("completed");
        served.refused("GET", verify() + "?verification_id=" + id(3), "", 404, "Verification not found: " + id(3));
        assertThat(reports.lastBegun(pipeline, "tests")).contains(BEGUN.plusSeconds(24));
        assertThat(reports.lastBegun(pipeline, "others")).isEmpty();
    }

    @Test
    void keepsWhatWasFoundBeforeThePlatformEnded() {
        VerifyTopic done = new VerifyTopic(
                "source_1.public.a",
                "public.a",
                Optional.of("public.a"),
                Optional.of("copy.a"),
                VerifyTopic.State.COMPLETED,
                Optional.of(true),
                List.of("id"),
                Optional.of(3L),
                Optional.of(3L),
                1,
                0,
                List.of(),
                List.of(),
                List.of(new VerifyTopic.LeftOut("shape", "of type point")),
                Optional.empty(),
                Optional.empty());
        VerifyReport report = running(id(1), BEGUN)
                .with(List.of(done, VerifyTopic.pending("source_1.public.b").running()));
        reports.begin(id(1), "tests", BEGUN, report);

        assertThat(reports.running()).containsExactly(report);
        reports.update(report.failed("ended", BEGUN.plusSeconds(1)));

        assertThat(reports.running()).isEmpty();
        VerifyReport kept = reports.newest(pipeline).orElseThrow();
        assertThat(kept.status()).isEqualTo(VerifyReport.Status.FAILED);
        assertThat(kept.topics().get(0)).isEqualTo(done);
        assertThat(kept.topics().get(1).error()).contains("ended");
    }

    @Test
    void forgetsReportsWithTheirPipeline() {
        reports.begin(id(1), "tests", BEGUN, running(id(1), BEGUN));

        served.ok("DELETE", "/pipelines/" + pipeline + "?wait=false", "");

        assertThat(reports.newest(pipeline)).isEmpty();
        assertThat(reports.begin(id(2), "tests", BEGUN, running(id(2), BEGUN))).isFalse();
    }

    private VerifyReport running(String id, Instant at) {
        return new VerifyReport(
                Optional.of(id),
                pipeline,
                VerifyReport.Status.RUNNING,
                Optional.empty(),
                Optional.of(VerifyRequests.Mode.CHECKSUMS),
                Optional.of("tests"),
                Optional.of(at),
                Optional.empty(),
                VerifyReport.Summary.of(List.of()),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static String id(int number) {
        return "66b0f1c9a1b2c3d4e5f6%04x".formatted(number);
    }

    private String verify() {
        return "/pipelines/" + pipeline + "/verify";
    }

    private String made(String path, String body) {
        return served.ok("POST", path, SourceConfigs.json(body)).path("id").asText();
    }
}
