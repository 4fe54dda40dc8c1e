package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.it.CapturedShop.Answer;
import io.millrace.testkit.ContractAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the contract says of every operation that is served, tried on a platform that captures a real database: it goes
 * well, it refuses ids that nothing has, and it asks for what it needs.
 */
class EveryOperationTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String UNKNOWN = "66b0f1c9a1b2c3d4e5f60000";

    /** Lists of something unknown are empty; see the contract's README, 3. */
    private static final Set<String> EMPTY_FOR_UNKNOWN = Set.of(
            "getSource", "getSourceSnapshots", "getDestination", "getPipeline", "getPipelines", "searchPipelines");

    /** Tries of what no plugin is there for: they say so. */
    private static final Set<String> WITHOUT_A_PLUGIN = Set.of("validateDestination");

    /** Bodies say the source in this member, or the sources in one of the others. */
    private static final String SOURCE = "source_id";

    private static final Map<String, JsonNode> UNKNOWN_IN_BULK = Map.of(
            "ids", JSON.arrayNode().add(UNKNOWN),
            "items", JSON.arrayNode().add(JSON.objectNode().put("id", UNKNOWN).put("name", "a copy of nothing")));

    @TempDir
    private static Path folder;

    private static CapturedShop shop;
    private static List<Operation> operations;

    /** An operation as the served document describes it. */
    private record Operation(String method, String path, JsonNode description, JsonNode components) {
        String id() {
            return description.path("operationId").asText();
        }

        JsonNode bodySchema() {
            return resolved(description.at("/requestBody/content/application~1json/schema"));
        }

        /** Returns what the operation is about, {@code Source} for all below {@code /sources}. */
        String noun() {
            String first = path.substring(1).replaceFirst("/.*", "");
            return first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1, first.length() - 1);
        }

        boolean needsBody() {
            return description.at("/requestBody/required").asBoolean();
        }

        List<String> templates() {
            List<String> names = new ArrayList<>();
            description.path("parameters").forEach(parameter -> {
                if (resolved(parameter).path("in").asText().equals("path")) {
                    names.add(resolved(parameter).path("name").asText());
                }
            });
            return names;
        }

        private JsonNode resolved(JsonNode node) {
            return node.has("$ref")
                    ? components.at(node.get("$ref").asText().substring("#/components".length()))
                    : node;
        }

        Call happy() {
            return HappyCalls.of(id(), shop);
        }

        /** Sends a call and compares whatever is answered with the contract. */
        Answer send(Call call) {
            Answer answer = shop.send(method, call.address(path), call.body());
            if (answer.contentType().startsWith("application/json")) {
                assertThat(ContractAnswers.mistakes(method, call.address(path), answer.status(), answer.json()))
                        .as("%s %s -> %s", id(), call, answer)
                        .isEmpty();
            }
            return answer;
        }
    }

    @BeforeAll
    static void open() {
        shop = CapturedShop.open(folder.resolve("data"));
        JsonNode served = shop.send("GET", "/openapi.json", Optional.empty()).json();
        operations = served.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().has("operationId"))
                        .map(operation -> new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue(),
                                served.get("components"))))
                .toList();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void everyServedOperationHasAHappyCallAndNoOtherHas() {
        Set<String> served = new TreeSet<>();
        operations.forEach(operation -> served.add(operation.id()));

        assertThat(HappyCalls.operations()).containsExactlyInAnyOrderElementsOf(served);
    }

    @TestFactory
    Stream<DynamicTest> goesWellAndAnswersAsTheContractSays() {
        return each(operations.stream(), operation -> {
            JsonNode described = operation.description().at("/responses/200/content");
            assertThat(described).as("the contract's answer").isNotEmpty();

            Answer answer = operation.send(operation.happy());

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            String mediaType = described.fieldNames().next();
            assertThat(answer.contentType()).startsWith(mediaType);
            if (mediaType.equals("application/json")) {
                assertThat(answer.json().at("/summary/failed").asInt())
                        .as(answer.text())
                        .isZero();
                boolean hasPlugin = !WITHOUT_A_PLUGIN.contains(operation.id());
                assertThat(answer.json().path("ok").asBoolean(true))
                        .as(answer.text())
                        .isEqualTo(hasPlugin);
                assertThat(answer.json().path("checks").findValuesAsText("message"))
                        .filteredOn(message -> message.contains("is not installed"))
                        .hasSize(hasPlugin ? 0 : 1);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> namesTheIdInThePathThatIsUnknown() {
        return operations.stream().flatMap(operation -> operation.templates().stream()
                .map(template -> test(operation, template, () -> {
                    String unknown = unknown(template);
                    Answer answer = operation.send(operation.happy().at(template, unknown));
                    if (template.equals("action")) {
                        assertLocated(answer, "path", template);
                    } else if (EMPTY_FOR_UNKNOWN.contains(operation.id())) {
                        assertThat(answer.json().path("result")).isEqualTo(JSON.arrayNode());
                        assertThat(answer.json().path("total").asInt(-1)).isZero();
                    } else {
                        assertRefused(answer, 404, unknown);
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> namesTheSourceInTheBodyThatIsUnknownOrNoId() {
        return each(operations.stream().filter(operation -> hasMember(operation, SOURCE)), operation -> {
            Call happy = Call.of(CapturedShop.ofSource(UNKNOWN));
            if (EMPTY_FOR_UNKNOWN.contains(operation.id())) {
                assertThat(operation.send(happy).json().path("total").asInt(-1)).isZero();
                return;
            }

            assertThat(operation.send(happy).text()).isEqualTo("{\"detail\":\"Source not found: " + UNKNOWN + "\"}");
            assertRefused(operation.send(happy), 404, UNKNOWN);
            assertRefused(operation.send(happy.with(SOURCE, JSON.textNode("x"))), 400, "Invalid source ID format: x");
        });
    }

    @TestFactory
    Stream<DynamicTest> failsForTheUnknownIdOfABulkCallAndSaysWhich() {
        return UNKNOWN_IN_BULK.entrySet().stream()
                .flatMap(member -> each(
                        operations.stream()
                                .filter(operation -> operation.path().contains("/bulk/"))
                                .filter(operation -> hasMember(operation, member.getKey())),
                        operation -> {
                            Answer answer =
                                    operation.send(Call.of(JSON.objectNode().set(member.getKey(), member.getValue())));

                            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                            assertThat(answer.json().get("summary"))
                                    .hasToString("{\"total\":1,\"succeeded\":0,\"failed\":1}");
                            assertThat(answer.json().at("/results/0/message").asText())
                                    .isEqualTo(operation.noun() + " not found: " + UNKNOWN);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> asksForTheBodyThatItNeeds() {
        return each(operations.stream().filter(Operation::needsBody), operation -> {
            Call happy = operation.happy();
            assertLocated(operation.send(happy.withoutBody()), "body");
        });
    }

    @TestFactory
    Stream<DynamicTest> asksForEveryMemberThatItNeeds() {
        return operations.stream().flatMap(operation -> operation
                .bodySchema()
                .path("required")
                .valueStream()
                .map(JsonNode::asText)
                .map(member -> test(
                        operation,
                        member,
                        () -> assertLocated(operation.send(operation.happy().without(member)), "body", member))));
    }

    private static boolean hasMember(Operation operation, String member) {
        return operation.bodySchema().path("properties").has(member);
    }

    private static String unknown(String template) {
        return switch (template) {
            case "version", "schema_id" -> "999999";
            case "action" -> "dance";
            case "topic_id" -> "source_" + UNKNOWN + "." + CapturedShop.TABLE;
            default -> UNKNOWN;
        };
    }

    private static void assertRefused(Answer answer, int status, String named) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        JsonNode detail = answer.json().path("detail");
        // The calls about chains of transformations are the ones whose detail is an object.
        assertThat(detail.isObject() ? detail.path("message").textValue() : detail.textValue())
                .contains(named);
    }

    /** Holds for a wrong shape of which one error is at this place. */
    private static void assertLocated(Answer answer, String... place) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        List<List<String>> places = answer.json()
                .path("detail")
                .valueStream()
                .map(error ->
                        error.path("loc").valueStream().map(JsonNode::asText).toList())
                .toList();
        assertThat(places).contains(List.of(place));
    }

    private static Stream<DynamicTest> each(Stream<Operation> which, Consumer<Operation> check) {
        return which.map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check.accept(operation)));
    }

    private static DynamicTest test(Operation operation, String what, Runnable check) {
        return DynamicTest.dynamicTest(operation.id() + " " + what, check::run);
    }
}
