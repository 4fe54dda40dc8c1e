package io.millrace.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.TestApi.Answer;
import io.millrace.store.OnEveryStore;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class ConfluentSubjectsTest {
    private final TestStore database;

    @TempDir
    private Path folder;

    private Store store;
    private RegistryApi api;

    ConfluentSubjectsTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = database.open(folder);
        api = new RegistryApi(store, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        api.close();
        store.close();
    }

    @Test
    void registrationGivesTheSameIdEachTime() {
        Answer first = api.register("orders-value", Texts.ONE_FIELD);
        Answer second = api.register("orders-value", Texts.ONE_FIELD.replace(",", " ,\n "));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        assertThat(first.text()).isEqualTo("{\"id\":1}");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(api.get(RegistryApi.versions("orders-value")).text()).isEqualTo("[1]");
    }

    @Test
    void oneSchemaHasOneIdUnderAllSubjects() {
        api.register("orders-value", Texts.ONE_FIELD);
        api.register("orders-value", Texts.WITH_OPTIONAL);
        Answer elsewhere = api.register("returns-value", Texts.WITH_OPTIONAL);

        assertThat(elsewhere.text()).isEqualTo("{\"id\":2}");
        assertThat(api.get(RegistryApi.versions("returns-value")).text()).isEqualTo("[1]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/schemas/ids/2/versions").text())
                .isEqualTo(
                        "[{\"subject\":\"orders-value\",\"version\":2},{\"subject\":\"returns-value\",\"version\":1}]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/schemas/ids/2/subjects").text())
                .isEqualTo("[\"orders-value\",\"returns-value\"]");
    }

    @Test
    void versionsAreFoundByNumberAndAsTheLatest() {
        api.register("orders-value", Texts.ONE_FIELD);
        api.register("orders-value", Texts.WITH_OPTIONAL);

        Answer latest = api.get(RegistryApi.versions("orders-value") + "/latest");
        Answer first = api.get(RegistryApi.versions("orders-value") + "/1/schema");

        assertThat(latest.json().path("subject").asText()).isEqualTo("orders-value");
        assertThat(latest.json().path("version").asInt()).isEqualTo(2);
        assertThat(latest.json().path("id").asInt()).isEqualTo(2);
        assertThat(latest.json().path("schema").asText()).contains("\"note\"");
        assertThat(first.json().path("fields")).hasSize(1);
    }

    @Test
    void subjectsMayHaveAnyName() {
        for (String name : List.of(
                "größe-value", "a b-value", "a+b", "a/b-value", "50%", "a%20b", "a;b", "\"'\\", "..a", "?#&=")) {
            assertThat(api.register(name, Texts.ONE_FIELD).text()).as(name).isEqualTo("{\"id\":1}");
            assertThat(api.get(RegistryApi.versions(name)).text()).as(name).isEqualTo("[1]");
            assertThat(api.get(RegistryApi.CONFLUENT + "/subjects").json())
                    .as(name)
                    .extracting(JsonNode::asText)
                    .contains(name);
        }
    }

    @Test
    void lookupFindsTheVersionOfASchema() {
        api.register("orders-value", Texts.ONE_FIELD);
        String subject = RegistryApi.CONFLUENT + "/subjects/orders-value";

        Answer found = api.send("POST", subject, RegistryApi.body(Texts.ONE_FIELD));
        Answer other = api.send("POST", subject, RegistryApi.body(Texts.WITH_OPTIONAL));
        Answer nowhere = api.send("POST", subject + "x", RegistryApi.body(Texts.ONE_FIELD));

        assertThat(found.json().path("version").asInt()).isEqualTo(1);
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.json().path("error_code").asInt()).isEqualTo(40403);
        assertThat(nowhere.json().path("error_code").asInt()).isEqualTo(40401);
    }

    @Test
    void normalizedSchemasMayOrderTheirPropertiesDifferently() {
        String one = "{\"type\":\"string\",\"a\":1,\"b\":{\"c\":1,\"d\":2}}";
        String other = "{\"b\":{\"d\":2,\"c\":1},\"type\":\"string\",\"a\":1}";
        String versions = RegistryApi.versions("text-value");

        Answer first = api.send("POST", versions + "?normalize=true", RegistryApi.body(one));
        Answer second = api.send("POST", versions + "?normalize=true", RegistryApi.body(other));
        Answer asItIs = api.send("POST", versions, RegistryApi.body(other));

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(asItIs.text()).isNotEqualTo(first.text());
    }

    @Test
    void deletedSubjectsCanStillBeReadUntilTheyAreDeletedForGood() {
        api.register("orders-value", Texts.ONE_FIELD);
        String subject = RegistryApi.CONFLUENT + "/subjects/orders-value";

        assertThat(code(api.send("DELETE", subject + "?permanent=true", ""))).isEqualTo(40405);
        assertThat(api.send("DELETE", subject, "").text()).isEqualTo("[1]");
        assertThat(code(api.send("DELETE", subject, ""))).isEqualTo(40404);
        assertThat(code(api.get(subject + "/versions"))).isEqualTo(40401);
        assertThat(api.get(subject + "/versions?deleted=true").text()).isEqualTo("[1]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/subjects").text()).isEqualTo("[]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/subjects?deleted=true").text())
                .isEqualTo("[\"orders-value\"]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/schemas/ids/1").status()).isEqualTo(200);
        assertThat(api.send("DELETE", subject + "?permanent=true", "").text()).isEqualTo("[1]");
        assertThat(code(api.get(RegistryApi.CONFLUENT + "/schemas/ids/1"))).isEqualTo(40403);
    }

    @Test
    void anIdIsNeverGivenToAnotherSchema() {
        api.register("orders-value", Texts.ONE_FIELD);
        api.send("DELETE", RegistryApi.CONFLUENT + "/subjects/orders-value", "");
        api.send("DELETE", RegistryApi.CONFLUENT + "/subjects/orders-value?permanent=true", "");
        api.close();
        store.close();
        open();

        Answer other = api.register("orders-value", Texts.WITH_REQUIRED);
        Answer again = api.register("returns-value", Texts.ONE_FIELD);

        assertThat(other.text()).isEqualTo("{\"id\":2}");
        assertThat(again.text()).isEqualTo("{\"id\":1}");
    }

    @Test
    void oneVersionCanBeDeletedAndItsNumberDoesNotComeBack() {
        api.register("orders-value", Texts.ONE_FIELD);
        api.register("orders-value", Texts.WITH_OPTIONAL);
        String second = RegistryApi.versions("orders-value") + "/2";

        assertThat(code(api.send("DELETE", second + "?permanent=true", ""))).isEqualTo(40407);
        assertThat(api.send("DELETE", second, "").text()).isEqualTo("2");
        assertThat(code(api.send("DELETE", second, ""))).isEqualTo(40406);
        assertThat(code(api.get(second))).isEqualTo(40402);
        assertThat(api.send("DELETE", second + "?permanent=true", "").text()).isEqualTo("2");
        api.register("orders-value", Texts.WITH_OPTIONAL);
        assertThat(api.get(RegistryApi.versions("orders-value")).text()).isEqualTo("[1,3]");
    }

    @Test
    void registrationsAtTheSameTimeGiveOneId() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = IntStream.range(0, 40)
                    .<Callable<String>>mapToObj(i ->
                            () -> api.register("s" + i % 4, Texts.ONE_FIELD).text())
                    .toList();
            for (Future<String> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo("{\"id\":1}");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(api.get(RegistryApi.versions("s3")).text()).isEqualTo("[1]");
    }

    @Test
    void otherTenantsSeeNothing() {
        api.register("orders-value", Texts.ONE_FIELD);

        assertThat(api.as("other", "GET", RegistryApi.CONFLUENT + "/subjects", "")
                        .text())
                .isEqualTo("[]");
        assertThat(code(api.as("other", "GET", RegistryApi.CONFLUENT + "/schemas/ids/1", "")))
                .isEqualTo(40403);
        assertThat(api.as("other", "POST", RegistryApi.versions("orders-value"), RegistryApi.body(Texts.ONE_FIELD))
                        .text())
                .isEqualTo("{\"id\":2}");
    }

    @Test
    void internalSubjectsCanBeRegisteredAndNeverShow() {
        for (String internal : List.of(
                "__debezium-heartbeat.source_65a1b2c3d4e5f60718293a4b-value", "millrace.snapshot.progress-key")) {
            assertThat(api.register(internal, Texts.ONE_FIELD).status()).isEqualTo(200);
            assertThat(code(api.get(RegistryApi.versions(internal)))).isEqualTo(40401);
        }
        assertThat(api.get(RegistryApi.CONFLUENT + "/subjects?deleted=true").text())
                .isEqualTo("[]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/schemas/ids/1/subjects").text())
                .isEqualTo("[]");
        assertThat(api.get(RegistryApi.CONFLUENT + "/schemas/ids/1").status()).isEqualTo(200);
    }

    private static int code(Answer answer) {
        assertThat(answer.json().path("message").asText()).isNotEmpty();
        return answer.json().path("error_code").asInt();
    }
}
