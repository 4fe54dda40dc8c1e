package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.http.TestApi;
import io.millrace.store.OnEveryStore;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class SourceApiTest {
    private static final String UNKNOWN = "66b0f1c9a1b2c3d4e5f60000";

    private final TestStore database;
    private final MemoryEngine engine = new MemoryEngine();

    @TempDir
    private Path folder;

    private ServedConnectors served;

    SourceApiTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        served = new ServedConnectors(database.open(folder), folder, engine);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void givesBackAConfigurationAsItCame() {
        ObjectNode config = SourceConfigs.postgresql("'ssh.port':'22','ssh.host':null,'heartbeat.enabled':false,"
                + "'slot.name':'','transforms.OversizedRecords.truncation.suffix':'','mine':{'a':[1,2.50]},'ssh.public.key.user.displayed':'x',"
                + "'transforms.OversizedRecords.max.record.size.bytes':-1");
        JsonNode created = create("pg", config, "?secret_returned=true");

        ObjectNode expected = config.deepCopy();
        expected.putNull("slot.name");
        expected.set("ssh.public.key.user.displayed", created.at("/config/ssh.public.key.user.displayed"));
        assertThat(created.get("config")).hasToString(expected.toString());
        assertThat(one(created, "?secret_returned=true").get("config")).hasToString(expected.toString());
        expected.put("database.password", "********");
        assertThat(one(created, "").get("config")).hasToString(expected.toString());
    }

    @Test
    void keepsOrClearsSecretsAsAnUpdateSays() {
        JsonNode created = create("pg", SourceConfigs.postgresql(""), "");
        ObjectNode masked = SourceConfigs.postgresql("'database.password':'********'");
        ObjectNode absent = SourceConfigs.postgresql("");
        absent.remove("database.password");

        assertThat(update(created, "pg", masked).at("/config/database.password").textValue())
                .isEqualTo("p");
        assertThat(update(created, "pg", absent).at("/config/database.password").textValue())
                .isEqualTo("p");
        assertThat(update(created, "pg", SourceConfigs.postgresql("'database.password':'q'"))
                        .at("/config/database.password")
                        .textValue())
                .isEqualTo("q");
        assertDetail(
                send(
                        "PUT",
                        "/sources/" + id(created),
                        request("pg", SourceConfigs.postgresql("'database.password':null"))),
                422,
                "Validation error: 'database.password' is a required field");
    }

    @Test
    void keepsNoSecretInClear() {
        create("pg", SourceConfigs.postgresql("'database.password':'correct horse'"), "");

        String kept = served.store()
                .<String, RuntimeException>read(handle -> handle.createQuery("select config || secrets from connector")
                        .mapTo(String.class)
                        .one());
        assertThat(kept).doesNotContain("correct horse").contains("********");
    }

    @Test
    void refusesANameThatIsTakenAndFreesItAtOnce() {
        JsonNode created = create("pg", SourceConfigs.postgresql(""), "");

        assertDetail(
                send(
                        "POST",
                        "/sources",
                        request("pg", SourceConfigs.postgresql("'slot.name':'b','publication.name':'b'"))),
                422,
                "A source with name 'pg' already exists");
        send("DELETE", "/sources/" + id(created) + "?wait=false", "");
        assertThat(create("pg", SourceConfigs.postgresql(""), "?wait=false").get("id"))
                .isNotEqualTo(created.get("id"));
    }

    @Test
    void refusesASlotOfAnotherSourceUnlessItIsOnlySaved() {
        create("one", SourceConfigs.postgresql(""), "");

        TestApi.Answer refused =
                send("POST", "/sources", request("two", SourceConfigs.postgresql("'publication.name':'other'")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").textValue()).contains("slot", "source 'one'");

        ObjectNode pending = request("two", SourceConfigs.postgresql(""));
        pending.put("desired_state", "Pending");
        JsonNode saved = ok(send("POST", "/sources", pending));
        assertThat(saved.get("connector_status").textValue()).isEqualTo("Pending");
        assertThat(send("POST", "/sources/" + id(saved) + "/deploy", "").status())
                .isEqualTo(400);
        assertThat(send("POST", "/sources/" + id(saved) + "/actions/pause", "").status())
                .isEqualTo(409);
    }

    @Test
    void saysBrokenWithTheReasonWhenTheDatabaseIsDown() {
        JsonNode created = create(
                "pg",
                SourceConfigs.postgresql("'database.hostname.user.defined':'127.0.0.1','database.port.user.defined':1"),
                "");

        assertThat(created.get("connector_status").textValue()).isEqualTo("Broken");
        assertThat(created.get("connector_status_reason").textValue()).contains("127.0.0.1:1");
        assertThat(engine.configs).isEmpty();
    }

    @Test
    void answersUnknownIdsAsTheContractSays() {
        assertThat(ok(send("GET", "/sources/" + UNKNOWN, "")).get("result")).isEmpty();
        assertThat(ok(send("GET", "/sources/xyz", "")).get("result")).isEmpty();
        for (String call : List.of("DELETE /sources/%s", "POST /sources/%s/deploy", "POST /sources/%s/actions/stop")) {
            String[] parts = call.split(" ");
            assertDetail(send(parts[0], parts[1].formatted(UNKNOWN), ""), 404, "Source not found: " + UNKNOWN);
            assertDetail(send(parts[0], parts[1].formatted("xyz"), ""), 400, "Invalid source ID format: xyz");
        }
    }

    @Test
    void refusesWhatIsNotKnown() {
        assertThat(send("POST", "/sources", request("", SourceConfigs.postgresql("")))
                        .status())
                .isEqualTo(422);
        ObjectNode unknown = request("m", SourceConfigs.json("{}"));
        unknown.put("connector", "nosuch");
        assertThat(send("POST", "/sources", unknown).status()).isEqualTo(422);
    }

    @Test
    void cutsListsIntoPagesAndFilters() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(id(pending("Source_" + i, i < 2 ? "[\"t1\",\"t2\"]" : "[\"t1\"]")));
        }
        pending("other%", "[]");

        JsonNode page = ok(send("GET", "/sources?page_size=3&page=2", ""));
        assertThat(page.findValuesAsText("id")).isEqualTo(ids.subList(3, 6));
        assertThat(page.get("total").intValue()).isEqualTo(8);
        assertThat(page.get("has_next").booleanValue()).isTrue();
        assertThat(names("?partial_name=SOURCE_")).hasSize(7);
        assertThat(names("?partial_name=%25")).containsExactly("other%");
        assertThat(names("?tag_ids=t1,t2&tag_filter_operation=and")).containsExactly("Source_0", "Source_1");
        assertThat(names("?tag_ids=t2,t3")).hasSize(2);
        assertThat(names("?status=Pending,Active")).hasSize(8);
        assertThat(names("?status=Active")).isEmpty();
        assertThat(names("?sort=name&sort_dir=desc&page_size=1")).containsExactly("Source_6");
        assertThat(names("?sort=connector_status&connector=postgresql")).hasSize(8);
        assertThat(names("?id=" + ids.get(4))).containsExactly("Source_4");
        assertThat(names("?snapshot=running")).isEmpty();
        assertThat(ok(send("GET", "/sources/brief", ""))).hasSize(8);
        assertThat(ok(send("POST", "/sources/search?page_size=1", "{\"status\":[\"Pending\"]}"))
                        .get("total")
                        .intValue())
                .isEqualTo(8);
    }

    @Test
    void actsOnManyAndSaysHowItWentForEach() {
        String id = id(pending("one", "[]"));

        JsonNode outcome =
                ok(send("POST", "/sources/bulk/pause", "{\"ids\":[\"" + id + "\",\"" + UNKNOWN + "\",\"x\"]}"));
        assertThat(outcome.get("summary")).hasToString("{\"total\":3,\"succeeded\":0,\"failed\":3}");
        JsonNode copied = ok(send("POST", "/sources/bulk/clone", "{\"select_all\":true}"));
        assertThat(copied.at("/results/0/data/name").textValue()).isEqualTo("one (Copy)");
        assertThat(names("?status=Pending")).containsExactly("one", "one (Copy)");
        assertThat(ok(send(
                                "DELETE",
                                "/sources/bulk/delete",
                                "{\"select_all\":true,\"filters\":{\"partial_name\":\"copy\"}}"))
                        .at("/summary/succeeded")
                        .intValue())
                .isEqualTo(1);
        assertThat(names("")).containsExactly("one");
        assertThat(send("POST", "/sources/bulk/stop", "{}").status()).isEqualTo(400);
        assertThat(send("POST", "/sources/bulk/stop", "{\"ids\":[],\"select_all\":true}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void namesTopicsAndKeepsTheirDatabaseIds() {
        JsonNode created = pending("pg", "[]");
        SourceId source = new SourceId(id(created));
        String before = served.sources().topics().of(source).get(0).dbId();

        update(created, "pg", SourceConfigs.postgresql("'table.include.list.user.defined':'public.b'"));
        JsonNode back = update(
                created, "pg", SourceConfigs.postgresql("'table.include.list.user.defined':'public.b,public.orders'"));

        assertThat(back.get("topic_ids"))
                .hasToString("[\"source_" + id(created) + ".public.b\",\"source_" + id(created) + ".public.orders\"]");
        assertThat(served.sources().topics().of(source).get(1).dbId()).isEqualTo(before);
        TestApi.Answer collision = send(
                "PUT",
                "/sources/" + id(created),
                request("pg", SourceConfigs.postgresql("'table.include.list.user.defined':'public.a_b,public.a.b'")));
        assertThat(collision.status()).isEqualTo(400);
        assertThat(collision.json().get("detail").textValue()).contains("\"public\".\"a_b\"", "\"public\".\"a.b\"");
    }

    @Test
    void showsTopicsOfSourcesThatWereNeverDeployed() {
        String id = id(pending("pg", "[]"));
        String topic = "source_" + id + ".public.orders";

        JsonNode list = ok(send("GET", "/topics/details?partial_name=ORD&entity_type=sources&sort=name", ""));
        assertThat(list.at("/result/0/id").textValue()).isEqualTo(topic);
        assertThat(list.at("/result/0/entity/topic_ids")).hasToString("[\"" + topic + "\"]");
        assertThat(ok(send("POST", "/topics/details", "{\"entity_id\":[\"" + UNKNOWN + "\"]}"))
                        .get("total")
                        .intValue())
                .isZero();
        JsonNode detail = ok(send("GET", "/topics/" + topic, ""));
        assertThat(detail.get("partition_count").intValue()).isEqualTo(1);
        assertThat(detail.at("/kafka/partitions/count").intValue()).isEqualTo(1);
        assertThat(ok(send("GET", "/topics/" + topic + "/messages", "")).get("result"))
                .isEmpty();
        assertDetail(
                send("GET", "/topics/source_" + UNKNOWN + ".a.b", ""),
                404,
                "Topic not found: source_" + UNKNOWN + ".a.b");
        assertThat(send("GET", "/topics/" + topic + "/messages?offset=1", "").status())
                .isEqualTo(400);
    }

    @Test
    void listsAThousandSourcesWithoutALookAtASingleConnector() {
        for (int i = 0; i < 1000; i++) {
            pending("source " + i, "[]");
        }
        engine.singleLooks.set(0);

        JsonNode page = ok(send("GET", "/sources?page_size=100&page=10", ""));

        assertThat(page.get("result")).hasSize(100);
        assertThat(engine.singleLooks).hasValue(0);
    }

    @Test
    void validatesWithoutStoring() {
        JsonNode outcome = ok(send(
                "POST",
                "/sources/validate",
                "{\"connector\":\"postgresql\",\"config\":"
                        + SourceConfigs.postgresql(
                                "'database.hostname.user.defined':'127.0.0.1','database.port.user.defined':1")
                        + "}"));

        assertThat(outcome.get("ok").booleanValue()).isFalse();
        assertThat(outcome.at("/checks/0/check").textValue()).isEqualTo("config");
        assertThat(names("")).isEmpty();
    }

    @Test
    void showsTheCatalogue() {
        assertThat(ok(send("GET", "/sources/connectors", ""))).hasSizeGreaterThan(20);
        assertThat(ok(send("GET", "/sources/connectors?connector_code=postgresql", ""))
                        .at("/PostgreSQL/0/config"))
                .hasSize(54);
    }

    private JsonNode pending(String name, String tags) {
        ObjectNode request = request(name, SourceConfigs.postgresql(""));
        request.put("desired_state", "Pending");
        request.set(
                "tags",
                SourceConfigs.json("{'t':" + tags.replace('"', '\'') + "}").get("t"));
        return ok(send("POST", "/sources?wait=false", request));
    }

    private JsonNode create(String name, ObjectNode config, String query) {
        ObjectNode request = request(name, config);
        return ok(send("POST", "/sources" + query, request));
    }

    private JsonNode update(JsonNode source, String name, ObjectNode config) {
        return ok(send("PUT", "/sources/" + id(source) + "?secret_returned=true&wait=false", request(name, config)));
    }

    private JsonNode one(JsonNode source, String query) {
        return ok(send("GET", "/sources/" + id(source) + query, "")).at("/result/0");
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        ok(send("GET", "/sources" + query, ""))
                .get("result")
                .forEach(source -> names.add(source.get("name").textValue()));
        return names;
    }

    private static ObjectNode request(String name, ObjectNode config) {
        ObjectNode request = SourceConfigs.json("{'connector':'postgresql','created_from':'terraform'}");
        request.put("name", name);
        request.set("config", config);
        return request;
    }

    private TestApi.Answer send(String method, String path, Object body) {
        return served.send(method, path, body);
    }

    private static JsonNode ok(TestApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void assertDetail(TestApi.Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("detail").textValue()).isEqualTo(detail);
    }

    private static String id(JsonNode source) {
        return source.get("id").textValue();
    }
}
