package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.engine.TopicSpec;
import io.millrace.source.SourceConfigs;
import io.millrace.store.OnEveryStore;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class PipelineApiTest {
    private static final String UNKNOWN = "66b0f1c9a1b2c3d4e5f60000";
    private static final String DEVELOPMENT = "670e5ca40afe1d3983ce0c22";

    private final TestStore database;
    private final MemoryEngine engine = new MemoryEngine();

    @TempDir
    private Path folder;

    private ServedConnectors served;
    private String source;
    private String destination;

    PipelineApiTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        served = new ServedConnectors(database.open(folder), folder, engine);
        source = made(
                "/sources?wait=false",
                "{'name':'pg','connector':'postgresql','desired_state':'Pending','config':"
                        + SourceConfigs.postgresql("'table.include.list.user.defined':'public.orders,public.lines'")
                                .toString()
                                .replace('"', '\'')
                        + "}");
        destination = made("/destinations?wait=false", "{'name':'wv','connector':'weaviate','config':{}}");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void comesBackAsItWasSent() {
        ObjectNode sent = pipeline("orders");
        sent.withObjectProperty("source").put("name", "as the client calls it");
        sent.putArray("tags").add(DEVELOPMENT);
        sent.put("snapshot_new_tables", true);
        sent.set(
                "periodic_audit",
                SourceConfigs.json("{'topics':['public.orders'],'timestamp_column':null,'interval_minutes':5,"
                        + "'fix_deletes_only':false}"));

        JsonNode made = served.ok("POST", "/pipelines?secret_returned=true", sent);

        JsonNode read =
                served.ok("GET", one(made) + "?secret_returned=true", "").at("/result/0");
        assertThat(read).isEqualTo(made);
        assertThat(read.at("/source/name").textValue()).isEqualTo("as the client calls it");
        assertThat(read.at("/source/topics")).hasToString("[\"public.orders\"]");
        assertThat(read.at("/source/topic_map/public")).hasToString("[\"public.orders\"]");
        assertThat(read.at("/source/config/database.password").textValue()).isEqualTo("p");
        assertThat(read.at("/destination/id").textValue()).isEqualTo(destination);
        assertThat(read.get("topic_ids")).hasToString("[\"source_" + source + ".public.orders\"]");
        for (String member : List.of("tags", "snapshot_new_tables", "periodic_audit")) {
            assertThat(read.get(member)).isEqualTo(sent.get(member));
        }
        assertThat(served.ok("GET", "/destinations/" + destination, "").at("/result/0/topics"))
                .hasToString("[\"public.orders\"]");
    }

    @Test
    void keepsTransformsOfTopicsThatExistAsTheyCame() {
        engine.createTopic(new TopicSpec("transform_x_1.a", 1, Map.of()));
        ObjectNode sent = pipeline("orders");
        sent.putArray("transforms")
                .add(SourceConfigs.json(
                        "{'id':'x','topic':'a','topic_id':'transform_x_1.a','start_time':null,'mine':1.50}"));

        JsonNode made = served.ok("POST", "/pipelines", sent);

        assertThat(made.get("transforms")).hasToString(sent.get("transforms").toString());
        assertThat(made.get("topics")).hasToString("[\"public.orders\",\"a\"]");
        sent.put("name", "other");
        sent.putArray("transforms").add(SourceConfigs.json("{'topic_id':'transform_y_1.b'}"));
        served.refused(
                "POST",
                "/pipelines",
                sent,
                422,
                "Validation error: topic 'transform_y_1.b' in 'transforms' does not exist");
        sent.putArray("transforms");
        sent.putArray("topic_auto_discovery_transforms").add(SourceConfigs.json("{'transform_id':'y','regex':'.*'}"));
        served.refused("POST", "/pipelines", sent, 422, "Validation error: transform 'y' does not exist");
    }

    @Test
    void isBrokenForTheReasonOfItsDestination() {
        made("/sources/" + source + "/deploy", "{}");

        JsonNode made = served.ok("POST", "/pipelines", pipeline("orders"));

        assertThat(made.get("status").textValue()).isEqualTo("Broken");
        assertThat(made.get("status_reason").textValue())
                .contains(
                        "connector plugin 'weaviate' is not installed: put it into plugins/ (how: docs/guides/plugins.md)");
    }

    @Test
    void refusesEndsAndTopicsThatAreNotThere() {
        ObjectNode sent = pipeline("orders");
        sent.withObjectProperty("source").put("id", UNKNOWN);
        served.refused("POST", "/pipelines", sent, 422, "Validation error: source '" + UNKNOWN + "' does not exist");
        sent = pipeline("orders");
        sent.withObjectProperty("destination").put("id", source);
        served.refused(
                "POST", "/pipelines", sent, 422, "Validation error: destination '" + source + "' does not exist");
        sent = pipeline("orders");
        sent.withObjectProperty("source").put("connector", "mysql");
        served.refused(
                "POST",
                "/pipelines",
                sent,
                422,
                "Validation error: 'source.connector' must be 'postgresql', as source 'pg' is one");
        sent = pipeline("orders");
        sent.withObjectProperty("source")
                .putArray("topics")
                .add("public.ordres")
                .add("source_" + source + ".public.lines");
        served.refused(
                "POST",
                "/pipelines",
                sent,
                400,
                "Unknown topics for source '" + source + "': public.ordres; it has: public.orders, public.lines");
        assertThat(served.ok("GET", "/pipelines", "").get("total").intValue()).isZero();
    }

    @Test
    void replacesEverythingButTags() {
        ObjectNode sent = pipeline("orders");
        sent.putArray("tags").add(DEVELOPMENT);
        sent.set("periodic_audit", SourceConfigs.json("{'topics':[],'interval_minutes':5}"));
        String one = one(served.ok("POST", "/pipelines", sent));
        ObjectNode next = pipeline("renamed");
        next.withObjectProperty("source").putArray("topics").add("public.lines");

        JsonNode after = served.ok("PUT", one, next);

        assertThat(after.get("periodic_audit").isNull()).isTrue();
        assertThat(after.get("tags")).hasToString("[\"" + DEVELOPMENT + "\"]");
        assertThat(after.at("/source/topics")).hasToString("[\"public.lines\"]");
        next.putArray("tags");
        assertThat(served.ok("PUT", one, next).get("tags")).isEmpty();
    }

    @Test
    void keepsATopicThatTheSourceLost() {
        String one = one(served.ok("POST", "/pipelines", pipeline("orders")));
        ObjectNode shrunk = SourceConfigs.json("{'name':'pg','connector':'postgresql'}");
        shrunk.set("config", SourceConfigs.postgresql("'table.include.list.user.defined':'public.lines'"));
        served.ok("PUT", "/sources/" + source + "?wait=false", shrunk);

        assertThat(served.ok("PUT", one, pipeline("renamed")).at("/source/topics"))
                .hasToString("[\"public.orders\"]");
    }

    @Test
    void holdsItsEndsUntilItIsDeleted() {
        String one = one(served.ok("POST", "/pipelines", pipeline("orders")));
        served.refused("POST", "/pipelines", pipeline("orders"), 409, "A pipeline with name 'orders' already exists");
        served.refused(
                "DELETE",
                "/sources/" + source,
                "",
                409,
                "Source 'pg' is used by pipeline 'orders'; delete that first, or let it use another source");
        assertThat(served.send("DELETE", "/destinations/" + destination, "").status())
                .isEqualTo(409);

        JsonNode gone = served.ok("DELETE", one + "?wait=false", "");

        assertThat(gone.get("name").textValue()).isEqualTo("orders");
        assertThat(served.ok("GET", one, "").get("result")).isEmpty();
        served.ok("DELETE", "/sources/" + source + "?wait=false", "");
        served.ok("DELETE", "/destinations/" + destination + "?wait=false", "");
    }

    @Test
    void pausesStopsAndResumesWithoutTouchingTheSource() {
        String one = one(served.ok("POST", "/pipelines", pipeline("orders")));

        assertThat(act(one, "pause")).isEqualTo("Paused");
        assertThat(act(one, "pause")).isEqualTo("Paused");
        assertThat(act(one, "stop")).isEqualTo("Stopped");
        assertThat(act(one, "restart")).isEqualTo("Stopped");
        assertThat(act(one, "resume")).isEqualTo("Broken");
        assertThat(act(one, "reset")).isEqualTo("Stopped");
        assertThat(served.ok("GET", "/sources/" + source, "")
                        .at("/result/0/desired_state")
                        .textValue())
                .isEqualTo("Pending");
    }

    @Test
    void listsFiltersAndActsOnMany() {
        String first =
                one(served.ok("POST", "/pipelines", pipeline("Orders one"))).substring("/pipelines/".length());
        served.ok("POST", "/pipelines", pipeline("orders two"));
        served.ok("POST", "/pipelines/bulk/pause", "{\"ids\":[\"" + first + "\"]}");

        assertThat(names("?partial_name=ORDERS")).containsExactly("Orders one", "orders two");
        assertThat(names("?status=Paused")).containsExactly("Orders one");
        assertThat(names("?source_id=" + UNKNOWN)).isEmpty();
        assertThat(names("?source_id=" + source + "&destination_id=" + destination + "&sort=name&sort_dir=desc"))
                .containsExactly("orders two", "Orders one");
        JsonNode outcome = served.ok(
                "POST", "/pipelines/bulk/clone", "{\"items\":[{\"id\":\"" + first + "\",\"name\":\"orders two\"}]}");
        assertThat(outcome.at("/results/0/message").textValue())
                .isEqualTo("A pipeline with name 'orders two' already exists");
        served.ok("POST", "/pipelines/bulk/clone", "{\"select_all\":true,\"filters\":{\"status\":\"Paused\"}}");
        assertThat(names("?status=Pending")).containsExactly("Orders one (Copy)");
        assertThat(served.ok("DELETE", "/pipelines/bulk/delete", "{\"select_all\":true}")
                        .at("/summary/succeeded")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void answersUnknownIdsAsTheContractSays() {
        assertThat(served.ok("GET", "/pipelines/" + UNKNOWN, "").get("result")).isEmpty();
        served.refused("DELETE", "/pipelines/" + UNKNOWN, "", 404, "Pipeline not found: " + UNKNOWN);
        served.refused("POST", "/pipelines/x/actions/stop", "", 400, "Invalid pipeline ID format: x");
    }

    private String act(String one, String action) {
        return served.ok("POST", one + "/actions/" + action, "").get("status").textValue();
    }

    private List<String> names(String query) {
        return served.ok("GET", "/pipelines" + query, "")
                .get("result")
                .valueStream()
                .map(pipeline -> pipeline.get("name").textValue())
                .toList();
    }

    private ObjectNode pipeline(String name) {
        ObjectNode pipeline = SourceConfigs.json("{'transforms':[],'topic_auto_discovery_transforms':[]}");
        pipeline.put("name", name);
        pipeline.set(
                "source",
                SourceConfigs.json(
                        "{'name':'pg','connector':'postgresql','topics':['public.orders'],'id':'" + source + "'}"));
        pipeline.set(
                "destination", SourceConfigs.json("{'name':'wv','connector':'weaviate','id':'" + destination + "'}"));
        return pipeline;
    }

    private String made(String path, String body) {
        return served.ok("POST", path, SourceConfigs.json(body)).get("id").textValue();
    }

    private static String one(JsonNode pipeline) {
        return "/pipelines/" + pipeline.get("id").textValue();
    }
}
