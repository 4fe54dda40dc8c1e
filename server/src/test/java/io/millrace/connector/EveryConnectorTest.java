package io.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.catalogue.ConnectorDefinition;
import io.millrace.source.CaptureTypes;
import io.millrace.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every code of the catalogue can be saved, read, changed, copied and deleted, whether or not a plugin for it is there. */
class EveryConnectorTest {
    private static final Map<Kind, ConnectorCatalogue> CATALOGUES =
            Map.of(Kind.SOURCE, ConnectorCatalogue.sources(), Kind.DESTINATION, ConnectorCatalogue.destinations());

    @TempDir
    private static Path folder;

    private static ServedConnectors served;
    private static CaptureTypes captured;

    /** A connector of the catalogue. */
    private record Listed(Kind kind, ConnectorDefinition definition) {
        String path() {
            return kind.path();
        }

        ObjectNode request(String name, ObjectNode config) {
            ObjectNode request = JsonNodeFactory.instance.objectNode();
            request.put("name", name).put("connector", definition.code()).set("config", config);
            return request;
        }

        boolean hasPlugin() {
            return kind == Kind.SOURCE && captured.find(definition.code()).isPresent();
        }
    }

    @BeforeAll
    static void start() {
        served = new ServedConnectors(Store.sqlite(folder.resolve("millrace.db")), folder, new MemoryEngine());
        captured = served.sources().types();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @TestFactory
    Stream<DynamicTest> comesBackAsItWasSent() {
        return each(connector -> {
            ObjectNode config = config(connector);
            JsonNode made = served.ok(
                    "POST", connector.path() + "?secret_returned=true&wait=false", connector.request("echo", config));
            String one = connector.path() + "/" + made.get("id").textValue();
            ObjectNode echo = FilledConfigs.echo(connector.definition(), config, made.get("config"));

            assertThat(made.get("config")).hasToString(echo.toString());
            assertThat(read(one, "?secret_returned=true").get("config")).hasToString(echo.toString());
            ObjectNode masked = echo.deepCopy();
            connector.definition().keys().stream()
                    .filter(ConfigKey::secret)
                    .filter(key -> masked.path(key.name()).isTextual())
                    .forEach(key -> masked.put(key.name(), "********"));
            assertThat(read(one, "").get("config")).hasToString(masked.toString());
            JsonNode changed =
                    served.ok("PUT", one + "?secret_returned=true&wait=false", connector.request("echo again", masked));
            assertThat(changed.get("config")).hasToString(echo.toString());
            assertThat(changed.get("name").textValue()).isEqualTo("echo again");
            JsonNode gone = served.ok("DELETE", one + "?wait=false", "");
            assertThat(gone.get("name").textValue()).isEqualTo("echo again");
        });
    }

    @TestFactory
    Stream<DynamicTest> isBrokenWithTheRemedyWithoutItsPlugin() {
        return each(connector -> {
            JsonNode made = served.ok("POST", connector.path(), connector.request("plugin", config(connector)));

            assertThat(made.get("connector_status").textValue()).isEqualTo("Broken");
            if (!connector.hasPlugin()) {
                assertThat(made.get("connector_status_reason").textValue())
                        .isEqualTo("connector plugin '" + connector.definition().code()
                                + "' is not installed: put it into plugins/ (how: docs/guides/plugins.md)");
            }
            String id = made.get("id").textValue();
            for (String action : List.of("pause", "resume", "stop", "restart", "reset")) {
                served.ok("POST", connector.path() + "/bulk/" + action, "{\"ids\":[\"" + id + "\"]}");
            }
            JsonNode copy = served.ok(
                    "POST",
                    connector.path() + "/bulk/clone",
                    "{\"items\":[{\"id\":\"" + id + "\",\"name\":\"copy\"}]}");
            String copied = copy.at("/results/0/data/id").textValue();
            assertThat(read(connector.path() + "/" + copied, "")
                            .get("connector_status")
                            .textValue())
                    .isEqualTo("Pending");
            JsonNode deleted = served.ok(
                    "DELETE", connector.path() + "/bulk/delete", "{\"ids\":[\"" + id + "\",\"" + copied + "\"]}");
            assertThat(deleted.at("/summary/succeeded").intValue()).isEqualTo(2);
        });
    }

    @TestFactory
    Stream<DynamicTest> asksForEveryKeyThatIsRequired() {
        return each(connector -> connector.definition().keys().stream()
                .filter(ConfigKey::required)
                .forEach(key -> {
                    ObjectNode config = config(connector);
                    config.remove(key.name());
                    served.refused(
                            "POST",
                            connector.path(),
                            connector.request("lacks a key", config),
                            422,
                            "Validation error: '" + key.name() + "' is a required field");
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsOutOfBounds() {
        return each(connector -> connector.definition().keys().stream()
                .filter(key -> key.min().isPresent() && key.max().isPresent())
                .forEach(key -> {
                    ObjectNode config = config(connector);
                    config.put(key.name(), key.max().orElseThrow().add(java.math.BigInteger.ONE));
                    served.refused(
                            "POST",
                            connector.path(),
                            connector.request("out of bounds", config),
                            422,
                            "Validation error: '" + key.name() + "' must be between "
                                    + key.min().orElseThrow() + " and "
                                    + key.max().orElseThrow());
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesToChangeWhatIsSetOnce() {
        return each(connector -> connector.definition().keys().stream()
                .filter(ConfigKey::setOnce)
                .forEach(key -> {
                    JsonNode made = served.ok(
                            "POST",
                            connector.path() + "?wait=false",
                            connector.request("set once " + key.name(), config(connector)));
                    ObjectNode other = config(connector);
                    other.set(
                            key.name(),
                            key.allowed().stream()
                                    .filter(value -> !value.equals(other.get(key.name())))
                                    .findFirst()
                                    .orElseGet(() -> new TextNode("another")));
                    String detail = served.send(
                                    "PUT",
                                    connector.path() + "/" + made.get("id").textValue(),
                                    connector.request("set once", other))
                            .json()
                            .get("detail")
                            .textValue();
                    assertThat(detail).contains("'" + key.name() + "' cannot be changed after creation");
                }));
    }

    private static ObjectNode config(Listed connector) {
        ObjectNode config = FilledConfigs.of(connector.definition());
        if (connector.hasPlugin()) {
            config.put("database.hostname.user.defined", "127.0.0.1").put("database.port.user.defined", 1);
        }
        return config;
    }

    private static JsonNode read(String path, String query) {
        return served.ok("GET", path + query, "").at("/result/0");
    }

    private static Stream<DynamicTest> each(Consumer<Listed> check) {
        return Stream.of(Kind.values())
                .flatMap(kind -> CATALOGUES.get(kind).all().stream().map(definition -> new Listed(kind, definition)))
                .map(connector -> DynamicTest.dynamicTest(
                        connector.kind().noun() + " " + connector.definition().code(), () -> check.accept(connector)));
    }
}
