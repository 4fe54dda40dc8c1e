package io.millrace.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.http.TestApi.Answer;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfluentRulesTest {
    @TempDir
    private Path folder;

    private Store store;
    private RegistryApi api;

    @BeforeEach
    void open() {
        store = TestStore.SQLITE.open(folder);
        api = new RegistryApi(store, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        api.close();
        store.close();
    }

    @Test
    void clientsSubjectsAreBackwardCompatibleUnlessTheySayOtherwise() {
        api.register("orders-value", Texts.ONE_FIELD);

        Answer refused = api.register("orders-value", Texts.WITH_REQUIRED);
        Answer taken = api.register("orders-value", Texts.WITH_OPTIONAL);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("error_code").asInt()).isEqualTo(409);
        assertThat(refused.json().path("message").asText()).contains("orders-value", "BACKWARD", "total");
        assertThat(taken.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, true, true",
        "BACKWARD, true, false",
        "BACKWARD_TRANSITIVE, true, false",
        "FORWARD, true, true",
        "FORWARD_TRANSITIVE, true, true",
        "FULL, true, false",
        "FULL_TRANSITIVE, true, false"
    })
    void levelsLookInTheirDirection(String level, boolean optional, boolean required) {
        api.register("orders-value", Texts.ONE_FIELD);
        api.send("PUT", RegistryApi.CONFLUENT + "/config/orders-value", "{\"compatibility\":\"" + level + "\"}");

        assertThat(compatible(Texts.WITH_OPTIONAL)).isEqualTo(optional);
        assertThat(compatible(Texts.WITH_REQUIRED)).isEqualTo(required);
    }

    @ParameterizedTest
    @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false", "FULL_TRANSITIVE, false"})
    void transitiveLevelsLookAtAllVersions(String level, boolean expected) {
        set("config/orders-value", "compatibility", "NONE");
        api.register("orders-value", Texts.ONE_FIELD);
        api.register("orders-value", Texts.WITH_REQUIRED);
        set("config/orders-value", "compatibility", level);

        // Reads the second version, but not the first, which has no total.
        assertThat(compatible(Texts.WITH_REQUIRED)).isEqualTo(expected);
    }

    @Test
    void aSchemaCanBeTriedAgainstOneVersionWithReasons() {
        api.register("orders-value", Texts.ONE_FIELD);
        String path = RegistryApi.CONFLUENT + "/compatibility/subjects/orders-value/versions/";

        Answer bad = api.send("POST", path + "latest?verbose=true", RegistryApi.body(Texts.WITH_REQUIRED));
        Answer good = api.send("POST", path + "1", RegistryApi.body(Texts.WITH_OPTIONAL));
        Answer unknown = api.send("POST", path + "7", RegistryApi.body(Texts.WITH_OPTIONAL));

        assertThat(bad.json().path("is_compatible").asBoolean()).isFalse();
        assertThat(bad.json().path("messages").get(0).asText()).contains("total");
        assertThat(good.text()).isEqualTo("{\"is_compatible\":true}");
        assertThat(unknown.json().path("error_code").asInt()).isEqualTo(40402);
    }

    @Test
    void noSettingCanStopACapturedSource() {
        set("config", "compatibility", "FULL_TRANSITIVE");
        set("mode", "mode", "READONLY");
        String config = RegistryApi.CONFLUENT + "/config/" + Texts.CAPTURED;

        assertThat(api.register(Texts.CAPTURED, Texts.ONE_FIELD).status()).isEqualTo(200);
        assertThat(api.register(Texts.CAPTURED, "\"string\"").status()).isEqualTo(200);
        assertThat(api.get(config).json().path("compatibilityLevel").asText()).isEqualTo("NONE");
        assertThat(code(api.send("PUT", config, "{\"compatibility\":\"FULL\"}")))
                .isEqualTo(42205);
        assertThat(code(api.send("PUT", RegistryApi.CONFLUENT + "/mode/" + Texts.CAPTURED, "{\"mode\":\"READONLY\"}")))
                .isEqualTo(42205);
    }

    @Test
    void settingsOfTheServiceHoldForSubjectsWithoutTheirOwn() {
        String config = RegistryApi.CONFLUENT + "/config";
        assertThat(api.get(config).text()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(api.send("PUT", config, "{\"compatibility\":\"forward\"}").text())
                .isEqualTo("{\"compatibility\":\"FORWARD\"}");

        assertThat(code(api.get(config + "/orders-value"))).isEqualTo(40408);
        assertThat(api.get(config + "/orders-value?defaultToGlobal=true").text())
                .isEqualTo("{\"compatibilityLevel\":\"FORWARD\"}");
        set("config/orders-value", "compatibility", "FULL");
        assertThat(api.get(config + "/orders-value").text()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(api.send("DELETE", config + "/orders-value", "").text())
                .isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(code(api.send("DELETE", config + "/orders-value", ""))).isEqualTo(40408);
        assertThat(api.send("DELETE", config, "").text()).isEqualTo("{\"compatibilityLevel\":\"FORWARD\"}");
        assertThat(api.get(config).text()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void aReadOnlySubjectTakesWhatItHasAndNothingNew() {
        String mode = RegistryApi.CONFLUENT + "/mode";
        assertThat(api.get(mode).text()).isEqualTo("{\"mode\":\"READWRITE\"}");
        assertThat(code(api.get(mode + "/orders-value"))).isEqualTo(40409);
        api.register("orders-value", Texts.ONE_FIELD);
        set("mode/orders-value", "mode", "READONLY");

        assertThat(api.register("orders-value", Texts.ONE_FIELD).status()).isEqualTo(200);
        assertThat(code(api.register("orders-value", Texts.WITH_OPTIONAL))).isEqualTo(42205);
        assertThat(code(api.send("DELETE", RegistryApi.CONFLUENT + "/subjects/orders-value", "")))
                .isEqualTo(42205);
        assertThat(api.send("DELETE", mode + "/orders-value", "").text()).isEqualTo("{\"mode\":\"READONLY\"}");
        assertThat(api.register("orders-value", Texts.WITH_OPTIONAL).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "text",
                "{\"type\":\"record\"}",
                "\"strin\"",
                "{\"type\":\"array\",\"items\":\"strin\"}",
                "[\"int\",\"int\"]",
                "\"int\" 1",
                "null",
                "7",
                "{\"type\":\"recrd\",\"name\":\"a\"}",
                "{\"type\":\"record\",\"name\":\"a b\",\"fields\":[]}",
                "{\"type\":\"record\",\"name\":\"a\",\"fields\":[{\"name\":\"f\",\"type\":\"int\",\"default\":\"x\"}]}"
            })
    void whatIsNoSchemaIsRefusedWithAReason(String schema) {
        Answer answer = api.register("orders-value", schema);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(code(answer)).isEqualTo(42201);
    }

    @Test
    void aSchemaThatIsNestedTooDeeplyIsRefused() {
        int depth = 20_000;
        String deep = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);

        assertThat(code(api.register("orders-value", deep))).isEqualTo(42201);
    }

    @Test
    void otherSchemaTypesAndReferencesAreRefused() {
        String path = RegistryApi.versions("orders-value");

        assertThat(code(api.send("POST", path, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"\"}")))
                .isEqualTo(42201);
        assertThat(
                        code(
                                api.send(
                                        "POST",
                                        path,
                                        "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"b\",\"version\":1}]}")))
                .isEqualTo(42201);
        assertThat(api.get(RegistryApi.CONFLUENT + "/schemas/types").text()).isEqualTo("[\"AVRO\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "x", "2147483648", "1.0"})
    void whatIsNoVersionIsRefused(String version) {
        api.register("orders-value", Texts.ONE_FIELD);

        assertThat(code(api.get(RegistryApi.versions("orders-value") + "/" + version)))
                .isEqualTo(42202);
    }

    @Test
    void unknownLevelsAndModesAreRefused() {
        assertThat(code(api.send("PUT", RegistryApi.CONFLUENT + "/config", "{\"compatibility\":\"SOME\"}")))
                .isEqualTo(42203);
        assertThat(code(api.send("PUT", RegistryApi.CONFLUENT + "/mode", "{\"mode\":\"IMPORT\"}")))
                .isEqualTo(42204);
    }

    @Test
    void refusalsThatComeBeforeTheRegistryHaveTheSameForm() {
        assertThat(code(api.as("tenant read:schema_registry", "POST", RegistryApi.versions("a"), "{}")))
                .isEqualTo(40301);
        assertThat(code(api.send("POST", RegistryApi.versions("a"), "[]"))).isEqualTo(422);
        assertThat(code(api.get(RegistryApi.CONFLUENT + "/schemas/ids/x"))).isEqualTo(422);
    }

    private boolean compatible(String schema) {
        return api.send(
                        "POST",
                        RegistryApi.CONFLUENT + "/compatibility/subjects/orders-value/versions",
                        RegistryApi.body(schema))
                .json()
                .path("is_compatible")
                .asBoolean();
    }

    private void set(String path, String member, String value) {
        Answer answer = api.send("PUT", RegistryApi.CONFLUENT + "/" + path, "{\"" + member + "\":\"" + value + "\"}");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static int code(Answer answer) {
        assertThat(answer.json().path("message").asText()).isNotEmpty();
        return answer.json().path("error_code").asInt();
    }
}
