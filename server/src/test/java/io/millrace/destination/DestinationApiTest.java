package io.millrace.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.engine.ConnectorName;
import io.millrace.source.SourceConfigs;
import io.millrace.store.OnEveryStore;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destinations over HTTP; one kind is written to by a sink that is ours to say, the others have no plugin. */
@OnEveryStore
class DestinationApiTest {
    private static final String UNKNOWN = "66b0f1c9a1b2c3d4e5f60000";

    private final TestStore database;
    private final MemoryEngine engine = new MemoryEngine();

    @TempDir
    private Path folder;

    private ServedConnectors served;

    DestinationApiTest(TestStore database) {
        this.database = database;
    }

    /** What one class per code adds. */
    private static final class KafkaSink implements DestinationType {
        @Override
        public String code() {
            return "kafka";
        }

        @Override
        public void check(ConfigValues config) {}

        @Override
        public Map<String, String> properties(ConnectorId id, ConfigValues config) {
            return Map.of(
                    "connector.class",
                    "x.KafkaSink",
                    "other.cluster",
                    config.text("kafka.sink.bootstrap").orElseThrow());
        }

        @Override
        public ValidationReport validate(ConfigValues config, Duration limit) {
            return new ValidationReport(List.of(Check.passed("reach", "It answers")), Optional.of("4"));
        }
    }

    @BeforeEach
    void start() {
        served = new ServedConnectors(database.open(folder), folder, engine, new KafkaSink());
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void runsASinkInTheFrameOfThePlatform() {
        JsonNode made = served.ok("POST", "/destinations", kafka("out"));

        assertThat(made.get("connector_status").textValue()).isEqualTo("Active");
        assertThat(made.has("service_id")).isFalse();
        Map<String, String> sink = engine.configs.get(name(made));
        assertThat(sink)
                .containsEntry("connector.class", "x.KafkaSink")
                .containsEntry("other.cluster", "b:9092")
                .containsEntry("topics.regex", "(?!)")
                .containsEntry("consumer.override.isolation.level", "read_committed")
                .containsEntry("consumer.override.max.poll.records", "10000")
                .containsEntry("transforms", "Flatten,InsertField,changeTopicName")
                .containsEntry(
                        "errors.deadletterqueue.topic.name", "destination_" + id(made) + ".streamkap.deadletterqueue");
        assertThat(engine.topics()).contains("destination_" + id(made) + ".streamkap.deadletterqueue");
        served.ok("DELETE", "/destinations/" + id(made), "");
        assertThat(engine.configs).isEmpty();
        assertThat(engine.deletedTopics).contains("destination_" + id(made) + ".streamkap.deadletterqueue");
    }

    @Test
    void refusesATransformationThatCannotBeDone() {
        ObjectNode request = kafka("out");
        ((ObjectNode) request.get("config")).put("transforms.RenameFields.renames.user.defined", "total");

        served.refused(
                "POST",
                "/destinations",
                request,
                400,
                "'transforms.RenameFields.renames.user.defined' is no JSON: Unrecognized token 'total': was expecting"
                        + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false'); write"
                        + " {\"table.column\": \"new_name\"}");
    }

    @Test
    void pausesStopsAndResumes() {
        String one = "/destinations/" + id(served.ok("POST", "/destinations", kafka("out")));

        assertThat(act(one, "pause")).isEqualTo("Paused");
        assertThat(act(one, "stop")).isEqualTo("Stopped");
        assertThat(act(one, "resume")).isEqualTo("Active");
        assertThat(act(one, "restart")).isEqualTo("Active");
        assertThat(act(one, "reset")).isEqualTo("Stopped");
    }

    @Test
    void becomesBrokenWhenItsPluginIsTakenAwayAndSaysTheRemedy() {
        engine.missing.add("x.KafkaSink");

        JsonNode made = served.ok("POST", "/destinations", kafka("out"));

        assertThat(made.get("connector_status").textValue()).isEqualTo("Broken");
        assertThat(made.get("connector_status_reason").textValue())
                .isEqualTo(
                        "connector plugin 'kafka' is not installed: put it into plugins/ (how: docs/guides/plugins.md)");
        engine.missing.clear();
        assertThat(act("/destinations/" + id(made), "restart")).isEqualTo("Active");
    }

    @Test
    void keepsNoSecretInClear() {
        ObjectNode config =
                SourceConfigs.json("{'database.hostname.user.defined':'h','database.database.user.defined':'d',"
                        + "'connection.username':'u','connection.password':'correct horse','table.name.prefix':'p'}");
        JsonNode made = served.ok("POST", "/destinations?wait=false", request("pg", "postgresql", config));

        assertThat(made.at("/config/connection.password").textValue()).isEqualTo("********");
        String kept = served.store()
                .<String, RuntimeException>read(handle -> handle.createQuery("select config || secrets from connector")
                        .mapTo(String.class)
                        .one());
        assertThat(kept).doesNotContain("correct horse").contains("********");
    }

    @Test
    void sharesNamesWithSourcesButNotWithDestinations() {
        served.ok("POST", "/destinations", kafka("same"));
        ObjectNode source = request("same", "stripe_webhook", SourceConfigs.json("{}"));
        served.ok("POST", "/sources?wait=false", source);

        served.refused("POST", "/destinations", kafka("same"), 422, "A destination with name 'same' already exists");
        assertThat(served.ok("GET", "/sources", "").get("total").intValue()).isEqualTo(1);
        assertThat(served.ok("GET", "/destinations?partial_name=SA&connector=kafka&status=active", "")
                        .get("total")
                        .intValue())
                .isEqualTo(1);
        assertThat(served.ok("GET", "/destinations?lag=gt:1", "").get("total").intValue())
                .isZero();
    }

    @Test
    void answersUnknownIdsAsTheContractSays() {
        String source =
                id(served.ok("POST", "/sources?wait=false", request("s", "stripe_webhook", SourceConfigs.json("{}"))));
        for (String id : List.of(UNKNOWN, source)) {
            assertThat(served.ok("GET", "/destinations/" + id, "").get("result"))
                    .isEmpty();
            served.refused("DELETE", "/destinations/" + id, "", 404, "Destination not found: " + id);
        }
        served.refused("DELETE", "/destinations/xyz", "", 400, "Invalid destination ID format: xyz");
    }

    @Test
    void validatesWithoutStoring() {
        ObjectNode trial = SourceConfigs.json("{'connector':'kafka','config':{'kafka.sink.bootstrap':'b:9092'}}");

        assertThat(served.ok("POST", "/destinations/validate", trial).get("ok").booleanValue())
                .isTrue();
        trial.put("connector", "weaviate").putObject("config");
        JsonNode outcome = served.ok("POST", "/destinations/validate", trial);
        assertThat(outcome.get("ok").booleanValue()).isFalse();
        assertThat(outcome.at("/checks/1/message").textValue()).startsWith("connector plugin 'weaviate'");
        assertThat(served.ok("GET", "/destinations", "").get("total").intValue())
                .isZero();
    }

    private String act(String one, String action) {
        return served.ok("POST", one + "/actions/" + action, "")
                .get("connector_status")
                .textValue();
    }

    private static ObjectNode kafka(String name) {
        return request(name, "kafka", SourceConfigs.json("{'kafka.sink.bootstrap':'b:9092'}"));
    }

    private static ObjectNode request(String name, String code, ObjectNode config) {
        ObjectNode request = SourceConfigs.json("{}");
        request.put("name", name).put("connector", code).set("config", config);
        return request;
    }

    private static String id(JsonNode made) {
        return made.get("id").textValue();
    }

    private static ConnectorName name(JsonNode destination) {
        return new ConnectorName("destination_" + id(destination));
    }
}
