package io.millrace.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The part of the tour that takes the shop into a DuckDB file. */
final class WarehouseTour {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ARRIVED_WITHIN = Duration.ofMinutes(5);
    private static final String FIRST_ORDER = "SELECT coalesce(note, '') FROM shop.orders WHERE id = 1";
    private static final String BY_STATE =
            "SELECT state, count(*), sum(total) FROM shop.orders GROUP BY state ORDER BY state";

    private final Api api;
    private final Curl curl;
    private final Narrator narrator;
    private final Pace pace;

    /** @param api signed in */
    WarehouseTour(Api api, Narrator narrator, Pace pace) {
        this.api = api;
        this.curl = new Curl(api.base());
        this.narrator = narrator;
        this.pace = pace;
    }

    /** What the shop flows into, and by what. */
    record Link(String destination, String pipeline) {}

    /** Makes a destination and links the shop to it. */
    Link link(String source) {
        narrator.step("Create a destination, a DuckDB file, and let all tables flow into it");
        ObjectNode warehouse = JSON.createObjectNode().put("name", "warehouse").put("connector", "duckdb");
        warehouse
                .putObject("config")
                .put("duckdb.database", "warehouse")
                .put("table.name.prefix", "shop")
                .put("hard.delete", true);
        narrator.command(curl.post("/destinations", warehouse));
        String destination = api.post("/destinations", warehouse).path("id").asText();
        ObjectNode pipeline = JSON.createObjectNode().put("name", "shop to warehouse");
        ObjectNode from = pipeline.putObject("source")
                .put("id", source)
                .put("name", "shop")
                .put("connector", "postgresql");
        Shop.TABLES.forEach(from.putArray("topics")::add);
        pipeline.putObject("destination")
                .put("id", destination)
                .put("name", "warehouse")
                .put("connector", "duckdb");
        narrator.command(curl.post("/pipelines", pipeline));
        Link link = new Link(
                destination, api.post("/pipelines", pipeline).path("id").asText());
        narrator.say("destination " + link.destination() + ", pipeline " + link.pipeline());
        return link;
    }

    /**
     * Queries the file once the changed order is in it. The destination is stopped for that: one process at a time can
     * have the file open.
     *
     * @param note of the order that was changed last
     */
    void query(String destination, Warehouse warehouse, Path file, String note) {
        narrator.step("Query the tables in DuckDB, where the changed row has arrived as well");
        String act = "/destinations/" + destination + "/actions/";
        narrator.command(curl.post(act + "stop", JSON.createObjectNode()));
        narrator.command("duckdb " + file + " -c \"" + BY_STATE + "\"");
        List<String> rows = pace.await(
                        ARRIVED_WITHIN,
                        () -> {
                            api.post(act + "stop", JSON.createObjectNode());
                            boolean arrived = Files.exists(file)
                                    && has(warehouse, "shop", "orders")
                                    && warehouse.lines(FIRST_ORDER).contains(note);
                            List<String> found = arrived ? warehouse.lines(BY_STATE) : List.<String>of();
                            api.post(act + "resume", JSON.createObjectNode());
                            return found;
                        },
                        found -> !found.isEmpty())
                .orElseThrow(() -> new DemoFailure("the changed order did not arrive in " + file + " within "
                        + ARRIVED_WITHIN.toSeconds() + " s: "
                        + api.get("/destinations/" + destination).path("result")));
        rows.forEach(narrator::say);
        narrator.say("order 1: " + note);
    }

    /** Compares every row of the shop with its copy in the file, while orders go on coming in. */
    void prove(String pipeline) {
        narrator.step("Prove that the copy is equal: every row and column, while both are written to");
        String path = "/pipelines/" + pipeline + "/verify";
        narrator.command(curl.post(path + "?wait=true", JSON.createObjectNode()));
        api.post(path + "?wait=true", JSON.createObjectNode());
        JsonNode report = pace.await(ARRIVED_WITHIN, () -> api.get(path), seen -> !seen.path("status")
                        .asText()
                        .equals("running"))
                .orElseThrow(() -> new DemoFailure(
                        "the comparison did not end within " + ARRIVED_WITHIN.toSeconds() + " s: " + api.get(path)));
        narrator.say("%-22s%14s%14s".formatted("", "PostgreSQL", "DuckDB"));
        for (JsonNode topic : report.path("topics")) {
            narrator.say("%-22s%,14d%,14d   %s"
                    .formatted(
                            topic.path("topic_name").asText(),
                            topic.path("rows_source").asLong(),
                            topic.path("rows_destination").asLong(),
                            topic.path("ok").asBoolean() ? "equal" : "different"));
        }
        if (!report.path("ok").asBoolean()) {
            throw new DemoFailure("the copy is not equal to the shop: " + report);
        }
        narrator.say("equal in every row; rows that were under way were looked at again when they had arrived");
    }

    private static boolean has(Warehouse warehouse, String schema, String table) {
        return !warehouse
                .lines("SELECT 1 FROM duckdb_tables() WHERE schema_name = '" + schema + "' AND table_name = '" + table
                        + "'")
                .isEmpty();
    }
}
