package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.contract.Contract;
import io.millrace.http.Routes.Route;
import io.millrace.http.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every operation that is routed, whatever it does. */
class RoutedOperationsTest {
    private static final List<String> ROLES =
            List.of("admin", "data-admin", "read-only", "team-management", "sub-accounts", "billing");
    private static final JsonNode CONTRACT = Contract.openApi();
    private static final String UNKNOWN_ID = "66b0f1c9a1b2c3d4e5f60000";

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

    @Test
    void describesExactlyWhatIsServed() {
        Set<String> described = new TreeSet<>();
        JsonNode served = api.send("GET", "/openapi.json", "").json();
        served.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        Set<String> routed = new TreeSet<>();
        api.routes().forEach(route -> routed.add(route.method() + " " + route.path()));

        assertThat(described).isEqualTo(routed).contains("GET /health/live", "POST /auth/access-token");
        assertThat(served.toString()).doesNotContain("TransformCreate");
    }

    @TestFactory
    Stream<DynamicTest> asksForThePermissionOfTheContract() {
        return each(route -> {
            JsonNode operation = operation(route);
            assertThat(operation.isMissingNode()).as("is not in the contract").isFalse();
            assertThat(route.permission())
                    .isEqualTo(
                            Optional.ofNullable(operation.get("x-permission")).map(JsonNode::asText));
            assertThat(route.open()).isEqualTo(operation.get("security").isEmpty());
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesCallersWithoutAToken() {
        return guarded(route -> {
            assertRefused(api.send(route.method(), url(route), "{"), 401, "Authentication required");
            assertRefused(
                    api.sendAs("nonsense", route.method(), url(route), "{"),
                    401,
                    "Unauthorized: invalid or missing token");
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesAnExpiredToken() throws SQLException {
        String expired = api.expiredToken();
        return guarded(route -> assertRefused(
                api.sendAs(expired, route.method(), url(route), "{"),
                401,
                "Token has expired. Please re-authenticate."));
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryRoleThatLacksThePermissionBeforeItReadsTheBody() {
        return ROLES.stream().flatMap(role -> {
            Set<String> held = new TreeSet<>();
            roles().forEach(known -> {
                if (known.get("key").asText().equals(role)) {
                    known.get("permissions").forEach(permission -> held.add(permission.asText()));
                }
            });
            return guarded(
                    role + " ",
                    route -> route.permission().isPresent()
                            && !held.contains(route.permission().get()),
                    route -> assertRefused(
                            api.sendAs(api.token(role), route.method(), url(route), "{"),
                            403,
                            "Missing permission: " + route.permission().orElseThrow()));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesABodyThatIsNoJson() {
        return guarded(
                "",
                route -> operation(route).path("requestBody").path("required").asBoolean(),
                route -> {
                    Answer answer = api.sendAs(api.token("admin"), route.method(), url(route), "{");
                    assertThat(answer.status()).isEqualTo(422);
                    assertThat(answer.json().get("detail").findValuesAsText("type"))
                            .containsExactly("json_invalid");
                });
    }

    @TestFactory
    Stream<DynamicTest> answersTheContractsExamplesOfWrongShapesToTheLetter() {
        Set<String> routed = new TreeSet<>();
        api.routes().forEach(route -> routed.add(route.method() + " " + route.path()));
        return Contract.validationExamples().stream()
                .filter(example -> routed.contains(example.get("method").asText() + " "
                        + example.get("path").asText().replaceFirst("\\?.*", "")))
                .map(example -> DynamicTest.dynamicTest(example.get("path") + " " + example.get("body"), () -> {
                    Answer answer = api.sendAs(
                            api.token("admin"),
                            example.get("method").asText(),
                            example.get("path").asText(),
                            example.get("body").asText(""));
                    assertThat(answer.text()).isEqualTo(example.get("answer").toString());
                    assertThat(answer.status()).isEqualTo(example.get("status").asInt());
                }));
    }

    private static JsonNode roles() {
        return api.sendAs(api.token("admin"), "GET", "/auth/roles", "").json();
    }

    private static Stream<DynamicTest> guarded(Check check) {
        return guarded("", route -> true, check);
    }

    private static Stream<DynamicTest> guarded(String prefix, java.util.function.Predicate<Route> which, Check check) {
        return api.routes().stream()
                .filter(route -> !route.open())
                .filter(which)
                .map(route -> DynamicTest.dynamicTest(prefix + name(route), () -> check.of(route)));
    }

    private static Stream<DynamicTest> each(Check check) {
        return api.routes().stream().map(route -> DynamicTest.dynamicTest(name(route), () -> check.of(route)));
    }

    /** What has to hold for an operation. */
    private interface Check {
        void of(Route route);
    }

    private static JsonNode operation(Route route) {
        return CONTRACT.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    private static String url(Route route) {
        return route.path().replaceAll("\\{[^}]*}", UNKNOWN_ID);
    }

    private static void assertRefused(Answer answer, int status, String detail) {
        assertThat(answer.text()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        assertThat(answer.status()).isEqualTo(status);
    }
}
