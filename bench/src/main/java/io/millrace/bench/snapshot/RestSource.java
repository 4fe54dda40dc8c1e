package io.millrace.bench.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.demo.Api;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A source of a platform in a process of its own, as a client of its REST API has it. */
final class RestSource {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Set<String> OVER = Set.of("completed", "cancelled", "failed");

    private final MillraceProcess platform;
    private final Pace pace;
    private final String id;
    private Api api;

    private RestSource(MillraceProcess platform, PostgresDatabase database, List<String> tables, Pace pace) {
        this.platform = platform;
        this.pace = pace;
        this.api = signedIn();
        this.id = api.post("/sources", definition(database, tables)).path("id").asText();
    }

    /** Creates a source for some tables and waits until it streams. */
    static RestSource create(MillraceProcess platform, PostgresDatabase database, List<String> tables, Pace pace) {
        RestSource source = new RestSource(platform, database, tables, pace);
        source.await(
                "/sources/" + source.id,
                answer -> answer.at("/result/0/connector_status").asText().equals("Active"));
        return source;
    }

    private Api signedIn() {
        return Api.at(platform.url()).signIn(MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
    }

    /** Signs in again, as clients do after the platform was killed. */
    void reconnect() {
        api = signedIn();
    }

    private static ObjectNode definition(PostgresDatabase database, List<String> tables) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("name", "bench " + tables).put("connector", "postgresql");
        source.putObject("config")
                .put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", database.server().port())
                .put("database.user", PostgresServer.USER)
                .put("database.password", PostgresServer.PASSWORD)
                .put("database.dbname", database.name())
                .put("database.sslmode", "disable")
                .put("slot.name", "slot_" + String.join("_", tables))
                .put("publication.name", "pub_" + String.join("_", tables))
                .put("schema.include.list", "public")
                .put(
                        "table.include.list.user.defined",
                        String.join(
                                ",",
                                tables.stream().map(table -> "public." + table).toList()));
        return source;
    }

    Map<String, Object> client() {
        return Map.of("bootstrap.servers", platform.kafka());
    }

    String topic(String table) {
        return "source_" + id + ".public." + table;
    }

    /** Returns what reads values of its topics. */
    Envelope.Decoder decoder() {
        return new AvroEnvelopes(schema -> api.get("/schema-registry/confluent/schemas/ids/" + schema)
                .path("schema")
                .asText());
    }

    /** Starts a snapshot of one table and returns the id of the run. */
    String execute(String table) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("source_id", id);
        body.putArray("topic_names").add("public." + table);
        return api.post("/sources/snapshot", body).path("snapshot_id").asText();
    }

    /** Stops the active run and returns the status in the answer. */
    String stop() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("source_id", id);
        return api.post("/sources/stop_incremental_snapshot", body)
                .path("status")
                .asText();
    }

    void pause(String run) {
        api.post(path(run) + "/pause", JsonNodeFactory.instance.objectNode());
    }

    void resume(String run) {
        api.post(path(run) + "/resume", JsonNodeFactory.instance.objectNode());
    }

    String status(String run) {
        return api.get(path(run)).path("status").asText();
    }

    boolean isOver(String run) {
        return OVER.contains(status(run));
    }

    /** Waits until a run has come to its end and returns how. */
    String awaitOver(String run) {
        JsonNode answer =
                await(path(run), seen -> OVER.contains(seen.path("status").asText()));
        return answer.path("status").asText();
    }

    private String path(String run) {
        return "/sources/" + id + "/snapshots/" + run;
    }

    private JsonNode await(String path, Predicate<JsonNode> fits) {
        return pace.await(PATIENCE, () -> api.get(path), fits)
                .orElseThrow(() -> new DemoFailure(path + " stays " + api.get(path)));
    }
}
