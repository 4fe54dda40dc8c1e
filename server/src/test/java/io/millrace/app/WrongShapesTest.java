package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.contract.Contract;
import io.millrace.http.Routes.Route;
import io.millrace.http.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every member of every body, left out or of a wrong type, and every parameter that is no number: refused by its name. */
class WrongShapesTest {
    private static final JsonNode CONTRACT = Contract.openApi();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** These have no effect in a stop, whatever they are. */
    private static final Set<String> STOPS = Set.of("/sources/stop_incremental_snapshot", "/sources/cancel_snapshot");

    private static final Set<String> IGNORED_IN_STOPS = Set.of("additional_conditions", "surrogate_key");

    @TempDir
    private static Path folder;

    private static WiredApi api;

    @BeforeAll
    static void start() throws IOException {
        api = new WiredApi(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @TestFactory
    Stream<DynamicTest> namesTheMemberThatIsMissing() {
        return withBody().flatMap(route -> required(body(route)).stream()
                .map(member -> test(route, member, () -> {
                    ObjectNode body = sample(body(route));
                    body.remove(member);
                    assertRefused(route, body, member, "missing");
                })));
    }

    @TestFactory
    Stream<DynamicTest> namesTheMemberOfAWrongType() {
        return withBody().flatMap(route -> body(route).path("properties").properties().stream()
                .filter(member -> !types(member.getValue()).isEmpty())
                .filter(member -> !STOPS.contains(route.path()) || !IGNORED_IN_STOPS.contains(member.getKey()))
                .map(member -> test(route, member.getKey(), () -> {
                    ObjectNode body = sample(body(route));
                    body.set(member.getKey(), wrong(types(member.getValue())));
                    assertRefused(route, body, member.getKey(), "");
                })));
    }

    @TestFactory
    Stream<DynamicTest> namesTheParameterThatIsNoNumber() {
        return api.routes().stream().flatMap(route -> StreamSupport.stream(
                        operation(route).path("parameters").spliterator(), false)
                .map(WrongShapesTest::resolved)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .filter(parameter -> types(parameter.path("schema")).equals(Set.of("integer")))
                .map(parameter -> parameter.path("name").asText())
                .map(name -> DynamicTest.dynamicTest(route.method() + " " + route.path() + " " + name, () -> {
                    Answer answer =
                            api.sendAs(api.token("admin"), route.method(), url(route) + "?" + name + "=1.5x", "");
                    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
                    assertThat(answer.json().at("/detail/0/loc"))
                            .isEqualTo(JSON.arrayNode().add("query").add(name));
                })));
    }

    private static void assertRefused(Route route, ObjectNode body, String member, String type) {
        Answer answer = api.sendAs(api.token("admin"), route.method(), url(route), body.toString());
        assertThat(answer.status()).as("%s -> %s", body, answer.text()).isEqualTo(422);
        List<String> errors = new ArrayList<>();
        answer.json()
                .get("detail")
                .forEach(error -> errors.add(error.at("/loc/0").asText() + " "
                        + error.at("/loc/1").asText() + " " + error.path("type").asText()));
        String expected = "body " + member + " " + type;
        assertThat(errors)
                .anyMatch(error -> error.startsWith(expected))
                // A login is a pair, of which the other half is missing.
                .allMatch(error -> error.startsWith(expected) || error.endsWith(" missing"));
    }

    private static DynamicTest test(Route route, String member, Runnable check) {
        return DynamicTest.dynamicTest(route.method() + " " + route.path() + " " + member, check::run);
    }

    private static Stream<Route> withBody() {
        return api.routes().stream().filter(route -> body(route).has("properties"));
    }

    private static JsonNode operation(Route route) {
        return CONTRACT.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
    }

    private static JsonNode body(Route route) {
        return resolved(operation(route).at("/requestBody/content/application~1json/schema"));
    }

    private static String url(Route route) {
        return route.path().replaceAll("\\{action}", "pause").replaceAll("\\{[^}]*}", "66b0f1c9a1b2c3d4e5f60000");
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** A body with the required members only. */
    private static ObjectNode sample(JsonNode schema) {
        ObjectNode body = JSON.objectNode();
        required(schema)
                .forEach(name ->
                        body.set(name, right(resolved(schema.path("properties").path(name)))));
        return body;
    }

    private static JsonNode right(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        Set<String> types = types(schema);
        if (types.contains("array")) {
            JsonNode item = resolved(schema.path("items"));
            return JSON.arrayNode().add(types(item).contains("object") ? sample(item) : JSON.textNode("x"));
        }
        if (types.contains("boolean")) {
            return JSON.booleanNode(true);
        }
        return types.contains("object") ? JSON.objectNode() : JSON.textNode("x");
    }

    private static JsonNode wrong(Set<String> types) {
        return types.contains("object") ? JSON.numberNode(1) : JSON.objectNode().put("a", 1);
    }

    /** The JSON types that a schema allows; none when it allows anything. */
    private static Set<String> types(JsonNode schema) {
        JsonNode known = resolved(schema);
        Set<String> types = new TreeSet<>();
        if (known.path("type").isTextual()) {
            types.add(known.path("type").asText());
        }
        known.path("type").forEach(type -> types.add(type.asText()));
        for (String either : List.of("anyOf", "oneOf")) {
            known.path(either).forEach(one -> types.addAll(types(one)));
        }
        if (types.isEmpty() && known.has("enum")) {
            types.add("string");
        }
        types.remove("null");
        return types;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? CONTRACT.at(node.get("$ref").asText().substring(1)) : node;
    }
}
