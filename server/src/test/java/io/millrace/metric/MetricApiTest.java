package io.millrace.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.Delays;
import io.millrace.engine.Measure;
import io.millrace.engine.Measured;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicVolume;
import io.millrace.source.SourceConfigs;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricApiTest {
    private static final String UNKNOWN = "66b0f1c9a1b2c3d4e5f60000";

    private final MemoryEngine engine = new MemoryEngine();

    @TempDir
    private Path folder;

    private ServedConnectors served;
    private String source;
    private String destination;
    private String pipeline;
    private String topic;

    @BeforeEach
    void start() {
        served = new ServedConnectors(TestStore.SQLITE.open(folder), folder, engine);
        source = made(
                "/sources?wait=false",
                "{'name':'pg','connector':'postgresql','desired_state':'Pending','config':"
                        + SourceConfigs.postgresql("'table.include.list.user.defined':'public.orders,public.lines'")
                                .toString()
                                .replace('"', '\'')
                        + "}");
        destination = made("/destinations?wait=false", "{'name':'wv','connector':'weaviate','config':{}}");
        topic = "source_" + source + ".public.orders";
        pipeline = made(
                "/pipelines",
                "{'name':'p','source':{'id':'" + source
                        + "','name':'pg','connector':'postgresql','topics':['public.orders']},"
                        + "'destination':{'id':'" + destination + "','name':'wv','connector':'weaviate'}}");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void attributesWhatIsMeasuredToEverythingThatItConcerns() {
        engine.measured.addAll(List.of(
                of("source_" + source, topic, Measure.RECORDS_SENT, 100),
                of("source_" + source, topic, Measure.BYTES_SENT, 5_000),
                of("source_" + source, "millrace.control", Measure.RECORDS_SENT, 7),
                new Measured(new ConnectorName("source_" + source), 0, Optional.empty(), Measure.BEHIND_MS, 42),
                of("destination_" + destination, topic, Measure.RECORDS_READ, 60),
                of("destination_" + destination, topic, Measure.BYTES_READ, 3_000)));
        engine.delays.add(
                new Delays(new ConnectorName("destination_" + destination), 0, topic, Map.of(16L, 50L, 256L, 10L)));
        engine.volumes.put(topic, volume(100, 4_500));
        engine.committed.put("connect-destination_" + destination, Map.of(new PartitionId(topic, 0), 60L));

        served.measure();

        JsonNode ofSource = served.ok("GET", "/sources/" + source + "/metrics?time_type=latest", "")
                .get("data");
        assertThat(ofSource.get("recordSendTotal").asInt()).isEqualTo(100);
        assertThat(ofSource.get("byteTotal").asInt()).isEqualTo(5_000);
        assertThat(ofSource.get("StreamingMilliSecondsBehindSource").asInt()).isEqualTo(42);
        assertThat(ofSource.get("state").asText()).isEqualTo("Pending");
        assertThat(ofSource.get("snapshotState").asText()).isEqualTo("none");
        assertThat(ofSource.get("snapshotStatus")).isEmpty();
        JsonNode ofDestination = served.ok("GET", "/destinations/" + destination + "/metrics", "")
                .get("data");
        assertThat(ofDestination.get("recordsConsumedTotal").asInt()).isEqualTo(60);
        assertThat(ofDestination.get("recordsLag").asInt()).isEqualTo(40);
        assertThat(ofDestination.get("latencyP50").asDouble()).isBetween(0.1, 16.0);
        assertThat(ofDestination.get("latencyP99").asDouble()).isBetween(200.0, 256.0);
        JsonNode ofPipeline = served.ok("GET", "/pipelines/" + pipeline + "/metrics", "");
        assertThat(ofPipeline.at("/data/recordsLag").asInt()).isEqualTo(40);
        assertThat(ofPipeline.at("/data/latency").asDouble()).isBetween(200.0, 256.0);
        assertThat(ofPipeline.at("/data/status").asText()).isEqualTo("Broken");
        assertThat(ofPipeline.at("/metadata/latency/unit").asText()).isEqualTo("ms");
    }

    @Test
    void countsOnWhenATaskBeginsAnew() {
        engine.measured.add(of("source_" + source, topic, Measure.RECORDS_SENT, 100));
        served.measure();
        engine.measured.set(0, of("source_" + source, topic, Measure.RECORDS_SENT, 130));
        served.measure();
        engine.measured.set(0, of("source_" + source, topic, Measure.RECORDS_SENT, 20));
        served.measure();
        served.measure();

        assertThat(latest("recordSendTotal").asInt()).isEqualTo(150);
    }

    @Test
    void tellsTotalsAsASeriesAndCountsAsASummary() {
        engine.measured.add(of("source_" + source, topic, Measure.RECORDS_SENT, 100));
        served.measure();

        JsonNode totals = series("timeseries");
        JsonNode sums = series("timesummary");

        assertThat(totals).hasSize(sums.size()).hasSizeBetween(2, 3);
        assertThat(totals.get(totals.size() - 1).get("value").asInt()).isEqualTo(100);
        assertThat(sums.get(sums.size() - 1).get("value").asInt()).isEqualTo(100);
        assertThat(totals.get(0).get("value").asInt()).isZero();
        assertThat(totals.get(0).get("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:00");
    }

    private JsonNode series(String form) {
        String from = Instant.now().minusSeconds(60).toString();
        return served.ok(
                        "GET",
                        "/sources/" + source + "/metrics?time_unit=minutes&time_type=" + form + "&timestamp_from="
                                + from,
                        "")
                .at("/data/recordSendTotal");
    }

    @Test
    void tellsManyAtOnceWithTheirTopicsAndOnlyTheCallersOwn() {
        engine.measured.add(of("source_" + source, topic, Measure.RECORDS_SENT, 100));
        engine.volumes.put(topic, volume(100, 4_500));
        served.measure();

        JsonNode all = served.ok("POST", "/sources/metrics", "{'time_type':'latest'}".replace('\'', '"'));
        assertThat(all.at("/connector_metrics/" + source + "/recordSendTotal").asInt())
                .isEqualTo(100);
        assertThat(all.at("/inline_metrics/" + source + "/byteTotal").asInt()).isZero();
        assertThat(all.at("/topic_metrics/" + source)
                        .get(topic)
                        .get("messages_in")
                        .asInt())
                .isEqualTo(100);
        assertThat(all.at("/topic_metrics/" + source)).hasSize(2);
        assertThat(all.at("/account_metrics/recordSendTotal").asInt()).isEqualTo(100);
        assertThat(served.ok("GET", "/sources/metrics?ids=" + UNKNOWN, "").get("connector_metrics"))
                .isEmpty();
        assertThat(served.ok("GET", "/sources/metrics?tenant_ids=other", "").get("connector_metrics"))
                .isEmpty();
        assertThat(served.ok("GET", "/sources/metrics?level=task", "").get("connector_metrics"))
                .isEmpty();
        assertThat(served.ok("GET", "/pipelines/metrics?sort=recordsLag&sort_dir=desc", "")
                        .at("/connector_metrics/" + pipeline + "/status")
                        .asText())
                .isEqualTo("Broken");
    }

    @Test
    void refusesWhatIsNobodysAndARangeThatIsNone() {
        served.refused("GET", "/sources/" + UNKNOWN + "/metrics", "", 404, "Source not found: " + UNKNOWN);
        served.refused("GET", "/destinations/x/metrics", "", 400, "Invalid destination ID format: x");
        assertThat(served.send(
                                "GET",
                                "/sources/" + source
                                        + "/metrics?time_type=timeseries&timestamp_from=2026-01-02&timestamp_to=2026-01-01",
                                "")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void addsUpWhatWasUsedByEntityAndDay() {
        engine.measured.addAll(List.of(
                of("source_" + source, topic, Measure.RECORDS_SENT, 100),
                of("source_" + source, topic, Measure.BYTES_SENT, 5_000),
                of("destination_" + destination, topic, Measure.RECORDS_READ, 60)));
        made("/sources?wait=false", "{'name':'idle','connector':'webhook','config':{}}");
        served.measure();

        JsonNode page = served.ok("GET", "/billing/usage/metrics?page=&sort=desc", "");
        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.at("/result/0/id").asText()).isEqualTo(source);
        assertThat(page.at("/result/0/bytes").asInt()).isEqualTo(5_000);
        assertThat(page.at("/result/0/records").asInt()).isEqualTo(100);
        assertThat(page.at("/result/1/name").asText()).isEqualTo("idle");
        assertThat(served.ok("GET", "/billing/usage/metrics?page=1&connector=webhook", "")
                        .get("result"))
                .hasSize(1);
        assertThat(served.ok("POST", "/billing/usage/metrics?page=1&entity_type=destinations", "{}")
                        .at("/result/0/records")
                        .asInt())
                .isEqualTo(60);
        assertThat(served.send("GET", "/billing/usage/metrics", "").status()).isEqualTo(422);
        served.refused(
                "GET",
                "/billing/usage/metrics?page=1&entity_type=moons",
                "",
                422,
                "Validation error: 'entity_type' must be one of: sources, destinations, pipelines");
        JsonNode summary = served.ok("GET", "/billing/usage/summary", "");
        assertThat(summary.get("bytes").asInt()).isEqualTo(5_000);
        assertThat(summary.at("/by_entity_type/destinations/records").asInt()).isEqualTo(60);
        assertThat(summary.get("amount").isNull()).isTrue();
        String[] lines = served.send("GET", "/billing/usage/export", "").text().split("\r\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).startsWith("day,entity_type,id,name");
        assertThat(lines[2]).endsWith("sources," + source + ",\"pg\",postgresql,5000,100,0");
    }

    @Test
    void keepsWhatADeletedSourceUsed() {
        engine.measured.add(of("source_" + source, topic, Measure.RECORDS_SENT, 100));
        served.measure();
        served.ok("DELETE", "/pipelines/" + pipeline, "");
        served.ok("DELETE", "/sources/" + source, "");
        engine.measured.clear();
        served.measure();

        assertThat(served.ok("GET", "/billing/usage/metrics?page=1", "")
                        .at("/result/0/records")
                        .asInt())
                .isEqualTo(100);
        assertThat(served.ok("GET", "/sources/metrics", "").get("connector_metrics"))
                .isEmpty();
    }

    @Test
    void tellsTheWholeServiceAtAGlance() {
        engine.measured.add(of("source_" + source, topic, Measure.RECORDS_SENT, 300));
        engine.delays.add(new Delays(new ConnectorName("destination_" + destination), 0, topic, Map.of(120_000L, 10L)));
        engine.volumes.put(topic, volume(300, 1));
        served.measure();

        JsonNode stats = served.ok("GET", "/dashboard/stats", "");
        assertThat(stats.get("sources")).hasToString("{\"Pending\":1,\"total\":1}");
        assertThat(stats.at("/destinations/Broken").asInt()).isEqualTo(1);
        assertThat(stats.at("/pipelines/Broken").asInt()).isEqualTo(1);
        assertThat(stats.at("/transforms/total").asInt()).isZero();
        assertThat(stats.at("/topics/total").asInt()).isEqualTo(3);
        assertThat(stats.at("/events_per_second").asDouble()).isEqualTo(1.0);
        assertThat(stats.at("/latency_ms/p50").asDouble()).isPositive();
        JsonNode overview = served.ok(
                "GET",
                "/dashboard/overview?time_unit=minute&timestamp_from="
                        + Instant.now().minusSeconds(120),
                "");
        assertThat(overview.at("/series/events").findValuesAsText("value")).contains("300");
        assertThat(overview.at("/attention/0/entity_id").asText()).isEqualTo(destination);
        assertThat(overview.at("/attention/0/reason").asText()).contains("is not installed");
        assertThat(overview.at("/attention/1/entity_id").asText()).isEqualTo(pipeline);
        assertThat(overview.at("/attention/1/reason").asText()).startsWith("300 records are not written yet");
        assertThat(overview.get("running_snapshots")).isEmpty();
    }

    private TopicVolume volume(long end, long bytes) {
        return new TopicVolume(Map.of(new PartitionId(topic, 0), new OffsetSpan(0, end)), bytes);
    }

    private JsonNode latest(String name) {
        return served.ok("GET", "/sources/" + source + "/metrics", "").at("/data/" + name);
    }

    private static Measured of(String connector, String topic, Measure measure, long value) {
        return new Measured(new ConnectorName(connector), 0, Optional.of(topic), measure, value);
    }

    private String made(String path, String body) {
        return served.ok("POST", path, body.replace('\'', '"')).get("id").textValue();
    }
}
