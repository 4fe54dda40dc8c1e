package io.millrace.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.TestApi.Answer;
import io.millrace.store.OnEveryStore;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class SchemaRegistryResourceTest {
    private final TestStore database;

    @TempDir
    private Path folder;

    private Store store;
    private RegistryApi api;

    SchemaRegistryResourceTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = database.open(folder);
        api = new RegistryApi(store, Clock.systemUTC());
        api.register("b_orders-value", Texts.ONE_FIELD);
        api.register("b_orders-value", Texts.WITH_OPTIONAL);
        api.register("A-orders-key", "\"long\"");
        api.register("lonely", "\"long\"");
        api.register("__debezium-heartbeat.source_65a1b2c3d4e5f60718293a4b-key", "\"string\"");
    }

    @AfterEach
    void close() {
        api.close();
        store.close();
    }

    @Test
    void subjectsComeInPagesInTheOrderTheyWereMade() {
        JsonNode page = api.get("/schema-registry/subjects?page_size=2").json();

        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("has_next").asBoolean()).isTrue();
        assertThat(page.path("result").get(0).toString())
                .isEqualTo("{\"subject\":\"b_orders-value\",\"versions\":2,\"latest_version\":2,"
                        + "\"schema_type\":\"AVRO\",\"topic_id\":\"b_orders\"}");
        assertThat(subjects("?page_size=2&page=2")).isEqualTo("lonely");
        assertThat(api.get("/schema-registry/subjects?page=2&page_size=2")
                        .json()
                        .at("/result/0/topic_id")
                        .isNull())
                .isTrue();
    }

    @Test
    void subjectsCanBeSortedAndFiltered() {
        assertThat(subjects("?sort=subject")).isEqualTo("A-orders-key b_orders-value lonely");
        assertThat(subjects("?sort=subject&sort_dir=desc")).isEqualTo("lonely b_orders-value A-orders-key");
        assertThat(subjects("?partial_name=ORDERS")).isEqualTo("b_orders-value A-orders-key");
        assertThat(subjects("?partial_name=b_o")).isEqualTo("b_orders-value");
        assertThat(subjects("?partial_name=%25")).isEmpty();
        assertThat(subjects("?topic_id=A-orders")).isEqualTo("A-orders-key");
    }

    @Test
    void versionsOfASubjectRise() {
        assertThat(api.get("/schema-registry/subjects/b_orders-value/versions").text())
                .isEqualTo("{\"subject\":\"b_orders-value\",\"versions\":[1,2]}");
    }

    @Test
    void aSchemaIsFoundByVersionAndById() {
        JsonNode latest = api.get("/schema-registry/subjects/b_orders-value/versions/latest")
                .json();
        JsonNode byId = api.get("/schema-registry/schemas/2").json();

        assertThat(latest.path("id").asInt()).isEqualTo(2);
        assertThat(latest.path("version").asInt()).isEqualTo(2);
        assertThat(byId.path("schema")).isEqualTo(latest.path("schema"));
        assertThat(byId.path("subject").isNull()).isTrue();
        assertThat(byId.path("schema_type").asText()).isEqualTo("AVRO");
    }

    @Test
    void refusalsHaveTheFormOfTheContract() {
        Answer subject = api.get("/schema-registry/subjects/nothing/versions");
        Answer id = api.get("/schema-registry/schemas/77");
        Answer wrong = api.get("/schema-registry/schemas/x");

        assertThat(subject.status()).isEqualTo(404);
        assertThat(subject.json().path("detail").asText()).contains("'nothing' not found");
        assertThat(id.status()).isEqualTo(404);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/detail/0/loc").toString()).isEqualTo("[\"path\",\"schema_id\"]");
        assertThat(api.as("tenant nothing", "GET", "/schema-registry/subjects", "")
                        .status())
                .isEqualTo(403);
    }

    private String subjects(String query) {
        StringBuilder names = new StringBuilder();
        api.get("/schema-registry/subjects" + query).json().path("result").forEach(subject -> names.append(' ')
                .append(subject.path("subject").asText()));
        return names.toString().strip();
    }
}
