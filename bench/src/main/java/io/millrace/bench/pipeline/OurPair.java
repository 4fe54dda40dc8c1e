package io.millrace.bench.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.demo.Api;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.time.Duration;

/** A source, a destination and a pipeline between them, as a client of the REST API makes them. */
final class OurPair implements Pair {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final String table;
    private final Pace pace;
    private final String source;
    private final String destination;
    private final String pipeline;

    private OurPair(Api api, PostgresDatabase from, String table, Destination to, Pace pace) {
        this.api = api;
        this.table = "public." + table;
        this.pace = pace;
        source = made("/sources", named("postgresql", source(from)));
        destination = made("/destinations", named(to.code(), to.config()));
        ObjectNode link = JsonNodeFactory.instance.objectNode().put("name", "bench " + destination);
        link.putObject("source")
                .put("id", source)
                .put("name", "bench")
                .put("connector", "postgresql")
                .putArray("topics")
                .add(this.table);
        link.putObject("destination")
                .put("id", destination)
                .put("name", "bench")
                .put("connector", to.code());
        pipeline = made("/pipelines", link);
    }

    /** Where to. */
    private record Destination(String code, ObjectNode config) {}

    /** Makes a pipeline for a table; it streams when this returns. */
    static OurPair start(Api api, PostgresDatabase from, String table, Copy to, Pace pace) {
        Destination destination =
                to instanceof PostgresCopy copy ? postgresql(copy.database()) : duckdb(((DuckDbCopy) to).name());
        OurPair pair = new OurPair(api, from, table, destination, pace);
        pair.awaitActive("/sources/" + pair.source);
        pair.awaitActive("/destinations/" + pair.destination);
        return pair;
    }

    private static Destination postgresql(PostgresDatabase to) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", to.server().port())
                .put("database.database.user.defined", to.name())
                .put("connection.username", PostgresServer.USER)
                .put("connection.password", PostgresServer.PASSWORD)
                .put("table.name.prefix", Copy.SCHEMA)
                .put("insert.mode", "upsert")
                .put("delete.enabled", true);
        return new Destination("postgresql", config);
    }

    private static Destination duckdb(String name) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("duckdb.database", name)
                .put("table.name.prefix", Copy.SCHEMA)
                .put("hard.delete", true);
        return new Destination("duckdb", config);
    }

    private ObjectNode source(PostgresDatabase from) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        return config.put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", from.server().port())
                .put("database.user", PostgresServer.USER)
                .put("database.password", PostgresServer.PASSWORD)
                .put("database.dbname", from.name())
                .put("database.sslmode", "disable")
                .put("slot.name", "bench_pipeline")
                .put("publication.name", "bench_pipeline")
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", table);
    }

    private static ObjectNode named(String code, ObjectNode config) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", "bench " + System.nanoTime()).put("connector", code).set("config", config);
        return body;
    }

    private String made(String path, ObjectNode body) {
        return api.post(path, body).path("id").asText();
    }

    private void awaitActive(String path) {
        if (pace.await(PATIENCE, () -> api.get(path), OurPair::isActive).isEmpty()) {
            throw new DemoFailure(path + " stays " + api.get(path));
        }
    }

    private static boolean isActive(JsonNode answer) {
        return answer.at("/result/0/connector_status").asText().equals("Active");
    }

    @Override
    public String sink() {
        return "destination_" + destination;
    }

    @Override
    public void snapshot() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("source_id", source);
        body.putArray("topic_names").add(table);
        api.post("/sources/snapshot", body);
    }

    @Override
    public void close() {
        api.delete("/pipelines/" + pipeline);
        api.delete("/destinations/" + destination);
        api.delete("/sources/" + source);
    }
}
