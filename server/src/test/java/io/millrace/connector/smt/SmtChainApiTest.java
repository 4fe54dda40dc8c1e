package io.millrace.connector.smt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.destination.httpsink.HttpSink;
import io.millrace.engine.ConnectorName;
import io.millrace.http.TestApi.Answer;
import io.millrace.source.SourceConfigs;
import io.millrace.store.OnEveryStore;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class SmtChainApiTest {
    private static final String MASK = "org.apache.kafka.connect.transforms.MaskField$Value";

    private final TestStore database;
    private final MemoryEngine engine = new MemoryEngine();

    @TempDir
    private Path folder;

    private ServedConnectors served;
    private String id;

    SmtChainApiTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        served = new ServedConnectors(database.open(folder), folder, engine, new HttpSink());
        id = served.ok(
                        "POST",
                        "/destinations",
                        SourceConfigs.json(
                                "{'name':'d','connector':'httpsink','config':{'http.url':'http://127.0.0.1:1/x'}}"))
                .get("id")
                .textValue();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void runsBehindTheTransformationsOfTheKeys() {
        JsonNode written = put(chain("", instance("mask", MASK, "'fields':'secret','replacement':7")));

        assertThat(written.get("application_status").textValue()).isEqualTo("applied");
        assertThat(written.at("/desired/chain_revision").intValue()).isEqualTo(1);
        assertThat(sink())
                .containsEntry("transforms.smt_mask.type", MASK)
                .containsEntry("transforms.smt_mask.fields", "secret")
                .containsEntry("transforms.smt_mask.replacement", "7");
        assertThat(sink().get("transforms")).endsWith("changeTopicName,smt_mask");
        assertThat(served.ok("GET", path(), "")).isEqualTo(written);
        assertThat(written.get("last_applied").get("transforms")).isEqualTo(written.at("/desired/transforms"));
    }

    @Test
    void leavesOutWhatIsSwitchedOff() {
        put(chain(
                "",
                "{'type':'" + MASK + "','name':'off','enabled':false,'config':{'fields':'a'}}",
                instance("on", MASK, "'fields':'b'")));

        assertThat(sink()).doesNotContainKey("transforms.smt_off.type").containsKey("transforms.smt_on.type");
        JsonNode none = put(chain("'expected_revision':1"));
        assertThat(none.at("/desired/transforms")).isEmpty();
        assertThat(sink()).doesNotContainKey("transforms.smt_on.type");
    }

    @Test
    void keepsSecretsSealedAndNeverAnswersThem() {
        JsonNode written = put(chain(
                "",
                "{'type':'" + MASK + "','name':'salted','enabled':true,'config':{'fields':'a'},"
                        + "'secret_operations':[{'pointer':'/salt','operation':'replace','value':'canary-1'}]}"));
        JsonNode instance = written.at("/desired/transforms/0");

        assertThat(instance.get("configured_secret_paths")).hasToString("[\"/salt\"]");
        assertThat(written.toString()).doesNotContain("canary");
        String key = "smt/" + instance.get("id").textValue() + "/salt";
        assertThat(sink()).containsEntry("transforms.smt_salted.salt", "${secret:destination_" + id + ":" + key + "}");
        assertThat(served.secret("destination_" + id, key)).contains("canary-1");

        JsonNode kept = put(chain(
                "'expected_revision':1",
                "{'id':'" + instance.get("id").textValue() + "','type':'" + MASK
                        + "','name':'renamed','enabled':true,'config':{'fields':'b'}}"));
        assertThat(kept.at("/desired/transforms/0/configured_secret_paths")).hasToString("[\"/salt\"]");
        assertThat(served.secret("destination_" + id, key)).contains("canary-1");

        put(chain(
                "'expected_revision':2",
                "{'id':'" + instance.get("id").textValue() + "','type':'" + MASK
                        + "','name':'renamed','enabled':true,'config':{'fields':'b'},"
                        + "'secret_operations':[{'pointer':'/salt','operation':'clear'}]}"));
        assertThat(served.secret("destination_" + id, key)).isEmpty();
        assertThat(sink()).doesNotContainKey("transforms.smt_renamed.salt");
    }

    @Test
    void refusesWithACodeThatClientsBranchOn() {
        assertRefused(served.send("GET", path(), ""), 404, "smt_chain_absent");
        assertRefused(send(chain("'expected_revision':3")), 404, "smt_chain_absent");
        put(chain(""));
        assertRefused(send(chain("")), 400, "smt_expected_revision_required");
        assertRefused(send(chain("'expected_revision':7")), 409, "smt_revision_conflict");
        assertRefused(
                served.send("GET", "/destinations/66b0f1c9a1b2c3d4e5f60000/smt-chain", ""),
                404,
                "smt_connector_not_found");
        assertRefused(served.send("GET", "/destinations/x/smt-chain", ""), 400, "smt_connector_id_invalid");
    }

    @Test
    void saysEverythingThatIsWrongAndWritesNothing() {
        engine.missing.add("x.Unknown");

        Answer answer = send(
                chain(
                        "",
                        instance("a b", "x.Unknown", ""),
                        instance("twice", MASK, "'fields':['a']"),
                        "{'id':'66b0f1c9a1b2c3d4e5f60000','type':'" + MASK
                                + "','name':'twice','enabled':true,'config':{},"
                                + "'secret_operations':[{'pointer':'salt','operation':'clear'},{'pointer':'/salt','operation':'replace'}]}"));

        assertRefused(answer, 400, "smt_chain_invalid");
        assertThat(answer.json().at("/detail/issues").findValuesAsText("code"))
                .containsExactly(
                        "smt_name_invalid",
                        "smt_type_unknown",
                        "smt_config_invalid",
                        "smt_name_taken",
                        "smt_instance_unknown",
                        "smt_pointer_invalid",
                        "smt_secret_invalid");
        assertRefused(served.send("GET", path(), ""), 404, "smt_chain_absent");
    }

    private JsonNode put(String body) {
        return served.ok("PUT", path(), SourceConfigs.json(body));
    }

    private Answer send(String body) {
        return served.send("PUT", path(), SourceConfigs.json(body));
    }

    private String path() {
        return "/destinations/" + id + "/smt-chain";
    }

    private Map<String, String> sink() {
        return engine.configs.get(new ConnectorName("destination_" + id));
    }

    private static String chain(String revision, String... instances) {
        return "{" + (revision.isEmpty() ? "" : revision + ",") + "'transforms':[" + String.join(",", instances) + "]}";
    }

    private static String instance(String name, String type, String config) {
        return "{'type':'" + type + "','name':'" + name + "','enabled':true,'config':{" + config + "}}";
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.json().at("/detail/code").asText()).as(answer.text()).isEqualTo(code);
        assertThat(answer.json().at("/detail/message").asText()).isNotEmpty();
        assertThat(answer.status()).isEqualTo(status);
    }
}
