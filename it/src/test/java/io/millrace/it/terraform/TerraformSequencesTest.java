package io.millrace.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.contract.Contract;
import io.millrace.it.terraform.TerraformClient.Generation;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both generations of the client go through the life of every resource that they know, without a difference in any plan. */
class TerraformSequencesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVELOPMENT = "670e5ca40afe1d3983ce0c22";
    private static final Map<String, String> KINDS = Map.of("source", "/sources", "destination", "/destinations");

    @TempDir
    private static Path folder;

    private static MillraceProcess platform;

    @BeforeAll
    static void start() throws IOException {
        platform = MillraceProcess.start(MillraceLaunch.of(homeWithoutSinks(), folder.resolve("errors.txt"))
                .credential()
                .on(folder.resolve("data")));
    }

    /** A sink would look for services outside of this machine, which destinations of made-up configurations name. */
    private static Path homeWithoutSinks() throws IOException {
        Path plugins = Path.of("..", "plugins", "target", "plugins");
        Path home = folder.resolve("home");
        for (String name : List.of("postgresql", "mariadb", "mysql", "converters", "transforms")) {
            Path copy = Files.createDirectories(home.resolve("plugins").resolve(name));
            try (Stream<Path> jars = Files.list(plugins.resolve(name))) {
                for (Path jar : jars.toList()) {
                    Files.copy(jar, copy.resolve(jar.getFileName()));
                }
            }
        }
        return home;
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @TestFactory
    Stream<DynamicTest> createReadUpdateImportAdoptAndDeleteEveryConnector() {
        return Stream.of(Generation.values())
                .flatMap(generation -> KINDS.keySet().stream().sorted().flatMap(kind -> codes(kind)
                        .filter(code ->
                                generation.knows(Contract.connector(kind, code).orElseThrow()))
                        .map(code -> DynamicTest.dynamicTest(
                                generation + " " + kind + " " + code, () -> live(generation, kind, code)))));
    }

    private static void live(Generation generation, String kind, String code) {
        TerraformClient client = client(generation);
        String path = KINDS.get(kind);
        String name = generation + " " + kind + " " + code;
        PlannedConfig planned = PlannedConfig.of(generation, kind, code);
        ObjectNode body = client.connectorBody(path, name, code, planned.sent());

        JsonNode created = client.create(path, body);
        String id = created.get("id").asText();
        assertState(created, name, code, planned);
        JsonNode read = client.read(path, id).orElseThrow();
        assertState(read, name, code, planned);
        assertThat(read.get("config")).isEqualTo(created.get("config"));

        assertThatThrownBy(() -> client.create(path, body))
                .isInstanceOf(TerraformClient.Refused.class)
                .hasMessage("A " + kind + " with name '" + name + "' already exists");
        assertThat(client.adopt(path, name).orElseThrow().get("config")).isEqualTo(created.get("config"));

        ObjectNode renamed = client.connectorBody(path, name + " renamed", code, planned.sent());
        assertState(client.update(path, id, renamed), name + " renamed", code, planned);
        JsonNode imported = client(generation).read(path, id).orElseThrow();
        assertState(imported, name + " renamed", code, planned);
        assertThat(imported.path("created_from").asText()).isEqualTo("terraform");

        client.delete(path, id);
        assertThat(client.read(path, id)).isEmpty();
        assertThat(client.adopt(path, name + " renamed")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void createReadUpdateImportAndDeleteAPipeline(Generation generation) {
        TerraformClient client = client(generation);
        String source = connector(client, generation, "source", "dynamodb");
        String destination = connector(client, generation, "destination", "snowflake");
        ObjectNode body = pipeline(generation, source, destination, "default.orders", "default.lines");

        JsonNode created = client.create("/pipelines", body);

        String id = created.get("id").asText();
        assertPipeline(created, body);
        assertPipeline(client.read("/pipelines", id).orElseThrow(), body);
        assertThatThrownBy(() -> client.create("/pipelines", body))
                .isInstanceOf(TerraformClient.Refused.class)
                .hasMessage("A pipeline with name '" + generation + " pipeline' already exists");
        ObjectNode smaller = pipeline(generation, source, destination, "default.lines");
        assertPipeline(client.update("/pipelines", id, smaller), smaller);
        assertPipeline(client(generation).read("/pipelines", id).orElseThrow(), smaller);
        client.delete("/pipelines", id);
        assertThat(client.read("/pipelines", id)).isEmpty();
        client.delete("/destinations", destination);
        client.delete("/sources", source);
        assertThat(client.read("/sources", source)).isEmpty();
    }

    @Test
    void createsReadsAdoptsUpdatesAndDeletesATag() {
        TerraformClient client = client(Generation.V3);
        ObjectNode body = JSON.createObjectNode().put("name", "team a").put("description", "of team a");
        body.putArray("type").add("topics").add("sources");

        JsonNode created = client.send("POST", "/tags", body.deepCopy().put("created_from", "terraform"));

        assertThat(created.path("system").asBoolean(true)).isFalse();
        assertThat(created.path("custom").asBoolean()).isTrue();
        String id = created.get("id").asText();
        assertThat(client.send("GET", "/tags?tag_ids=" + id).at("/tags/0")).isEqualTo(created);
        assertThatThrownBy(() -> client.send("POST", "/tags", body))
                .isInstanceOf(TerraformClient.Refused.class)
                .hasMessageContaining("already exists");
        assertThat(client.send("GET", "/tags?tag_name=team+a").at("/tags/0/id").asText())
                .isEqualTo(id);
        body.put("name", "team b");
        assertThat(client.send("PUT", "/tags/" + id, body).get("name").asText()).isEqualTo("team b");
        ObjectNode search = JSON.createObjectNode();
        search.putArray("tag_ids").add(id).add(DEVELOPMENT);
        assertThat(client.send("POST", "/tags/search?tag_name=team+b", search).get("tags"))
                .hasSize(1);
        assertThat(client.send("DELETE", "/tags/" + id).isObject()).isTrue();
        assertThat(client.send("GET", "/tags?tag_ids=" + id)).hasToString("{\"tags\":[]}");
    }

    /** The resource makes and changes a topic by one call, reads it after, and lets it be when it is destroyed. */
    @ParameterizedTest
    @EnumSource(Generation.class)
    void widensReadsAndLeavesATopic(Generation generation) {
        TerraformClient client = client(generation);
        ObjectNode source = client.connectorBody(
                "/sources",
                generation + " of topics",
                "postgresql",
                PlannedConfig.of(generation, "source", "postgresql").sent());
        String own = "topics_" + generation.name().toLowerCase(Locale.ROOT);
        source.withObjectProperty("config")
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", "public.orders")
                .put("slot.name", own)
                .put("publication.name", own);
        String id = client.create("/sources", source).get("id").asText();
        String path = "/topics/source_" + id + ".public.orders";
        ObjectNode body = JSON.createObjectNode();
        ObjectNode payload = body.putObject("payload").put("partition_count", 3);
        if (generation == Generation.V3) {
            payload.putArray("tags").add(DEVELOPMENT);
        }

        assertTopic(client.send("PUT", path, body), path, 3, generation);
        payload.put("partition_count", 5);
        assertTopic(client.send("PUT", path, body), path, 5, generation);

        String read = generation == Generation.V3 ? path + "?detailed=true" : path;
        assertTopic(client.send("GET", read), path, 5, generation);
        payload.put("partition_count", 4);
        assertThatThrownBy(() -> client.send("PUT", path, body))
                .isInstanceOf(TerraformClient.Refused.class)
                .hasMessage("New partition count (4) must be greater than the current count (5)");
        client.delete("/sources", id);
        assertThatThrownBy(() -> client.send("GET", read))
                .isInstanceOf(TerraformClient.Refused.class)
                .hasMessageContaining("not found");
    }

    private static void assertTopic(JsonNode topic, String path, int partitions, Generation generation) {
        String id = path.substring("/topics/".length());
        assertThat(topic.path("topic_id").asText()).isEqualTo(id);
        assertThat(topic.path("partition_count").asInt()).isEqualTo(partitions);
        assertThat(topic.path("id").asText()).isEqualTo(id);
        assertThat(topic.at("/kafka/partitions/count").asInt()).isEqualTo(partitions);
        assertThat(topic.path("tags")).hasSize(generation == Generation.V3 ? 1 : 0);
        assertThat(topic.at("/entity/entity_type").asText()).isEqualTo("sources");
        assertThat(topic.at("/serialization/value_format").isTextual()).isTrue();
    }

    @Test
    void readsTheBuiltInTagAsTheOlderLineDoes() {
        JsonNode tags = client(Generation.V2).send("GET", "/tags?secret_returned=true&tag_ids=" + DEVELOPMENT);

        assertThat(tags.at("/tags/0/name").asText()).isEqualTo("Development");
    }

    private static void assertState(JsonNode record, String name, String code, PlannedConfig planned) {
        assertThat(record.path("name").asText()).isEqualTo(name);
        assertThat(record.path("connector").asText()).isEqualTo(code);
        assertThat(record.path("connector_status").isTextual()).isTrue();
        assertThat(record.path("kc_cluster_id").asText("")).isIn("", "null");
        assertThat(record.path("tags")).isEmpty();
        assertThat(planned.differences(record.path("config"))).isEmpty();
    }

    private static void assertPipeline(JsonNode read, ObjectNode sent) {
        assertThat(read.get("name")).isEqualTo(sent.get("name"));
        for (String end : List.of("source", "destination")) {
            sent.get(end).properties().forEach(member -> assertThat(
                            read.get(end).get(member.getKey()))
                    .as(end + " " + member.getKey())
                    .isEqualTo(member.getValue()));
        }
        assertThat(read.get("tags")).isEqualTo(sent.get("tags"));
        assertThat(read.get("transforms")).isEmpty();
        assertThat(read.get("topic_auto_discovery_transforms")).isEmpty();
        assertThat(read.get("snapshot_new_tables")).isEqualTo(sent.get("snapshot_new_tables"));
    }

    private static String connector(TerraformClient client, Generation generation, String kind, String code) {
        ObjectNode config = PlannedConfig.of(generation, kind, code).sent();
        String path = KINDS.get(kind);
        return client.create(path, client.connectorBody(path, generation + " end " + code, code, config))
                .get("id")
                .asText();
    }

    private static ObjectNode pipeline(Generation generation, String source, String destination, String... topics) {
        ObjectNode body =
                JSON.createObjectNode().put("name", generation + " pipeline").put("snapshot_new_tables", true);
        ObjectNode from = body.putObject("source")
                .put("id", source)
                .put("name", generation + " end dynamodb")
                .put("connector", "dynamodb");
        List.of(topics).forEach(from.putArray("topics")::add);
        body.putObject("destination")
                .put("id", destination)
                .put("name", generation + " end snowflake")
                .put("connector", "snowflake");
        body.putArray("transforms");
        if (generation == Generation.V3) {
            body.putArray("topic_auto_discovery_transforms");
        }
        body.putArray("tags").add(DEVELOPMENT);
        return body;
    }

    private static Stream<String> codes(String kind) {
        String schema = kind.equals("source") ? "SourceCreate" : "DestinationCreate";
        return Contract.openApi()
                .at("/components/schemas/" + schema + "/properties/connector/x-known-values")
                .valueStream()
                .map(JsonNode::asText);
    }

    private static TerraformClient client(Generation generation) {
        return new TerraformClient(platform.url(), generation, MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
    }
}
