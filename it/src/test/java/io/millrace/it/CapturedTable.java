package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.demo.Api;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One table of a database, captured by a platform process, as a client of its REST API sees it. */
final class CapturedTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OVER = List.of("completed", "cancelled", "failed");

    /** Behind a kill a busy machine starts everything anew, and the stream first takes up what was written meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final MillraceProcess platform;
    private final CampaignDatabase database;
    private final String table;
    private Api api;
    private final String source;

    private CapturedTable(MillraceProcess platform, CampaignDatabase database, String table, List<String> more) {
        this.platform = platform;
        this.database = database;
        this.table = table;
        this.api = signedIn();
        ObjectNode body = database.source("of " + database.name() + " " + table, table);
        body.withObjectProperty("config")
                .put(
                        "table.include.list.user.defined",
                        Stream.concat(Stream.of(table), more.stream())
                                .map(database::inTopic)
                                .collect(Collectors.joining(",")));
        this.source = api.post("/sources", body).path("id").asText();
    }

    /**
     * Creates a source for the table, with chunks so small that a snapshot takes its time, and waits until it runs.
     *
     * @param more further tables of the same source
     */
    static CapturedTable of(MillraceProcess platform, CampaignDatabase database, String table, String... more) {
        CapturedTable captured = new CapturedTable(platform, database, table, List.of(more));
        captured.awaitActive();
        return captured;
    }

    /** Returns the id of the source. */
    String source() {
        return source;
    }

    /** Signs in again, as clients do after the process was killed. */
    void reconnect() {
        api = signedIn();
    }

    private Api signedIn() {
        return Api.at(platform.url()).signIn(MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
    }

    void awaitActive() {
        Awaitility.await("source is Active")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> api.get("/sources/" + source)
                        .path("result")
                        .path(0)
                        .path("connector_status")
                        .asText()
                        .equals("Active"));
    }

    /** Starts a snapshot of the table and returns the id of its run. */
    String execute() {
        ObjectNode body = database.terms().put("source_id", source);
        return api.post("/sources/execute_incremental_snapshot", body)
                .path("snapshot_id")
                .asText();
    }

    /** Stops what runs. */
    void stop() {
        api.post("/sources/stop_incremental_snapshot", JSON.createObjectNode().put("source_id", source));
    }

    JsonNode run(String run) {
        return api.get("/sources/" + source + "/snapshots/" + run);
    }

    boolean isOver(String run) {
        return OVER.contains(run(run).path("status").asText());
    }

    /** Waits until the run is over or has delivered rows since it was asked first. */
    void awaitProgress(String run) {
        long before = delivered(run);
        Awaitility.await("run " + run + " goes on")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isOver(run) || delivered(run) > before);
    }

    void awaitOver(String run) {
        Awaitility.await("run " + run + " is over")
                .atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isOver(run));
    }

    /** Returns the rows that a run says it delivered. */
    long delivered(String run) {
        return run(run).required("rows_read").asLong();
    }

    /** Writes a last row, and replays the topic when that row has arrived in it. */
    TopicOracle replay() {
        database.execute(database.upsert(table).replace("?", "-1"));
        String topic = "source_" + source + "." + database.inTopic(table);
        Awaitility.await("the last row arrives")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        TopicOracle.replay(Topic.read(platform.kafka(), topic)).has(-1));
        return TopicOracle.replay(Topic.read(platform.kafka(), topic));
    }
}
