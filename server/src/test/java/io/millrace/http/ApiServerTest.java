package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.http.TestApi.Answer;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {
    private static TestApi api;

    record Filter(@Inline PageRequest page, Optional<CsvOrList> status, @Default("false") boolean secretReturned) {}

    record Thing(String name) {}

    /** A resource of every kind of method. */
    @Path("/things")
    public static final class Things {
        @GET
        @Permission("read:things")
        public Filter list(@FromBodyOrQuery Filter filter) {
            return filter;
        }

        @POST
        @Permission("write:things")
        public Thing create(@Context Caller caller, @FromQuery Filter filter, @FromBody Thing thing) {
            return new Thing(caller.subject() + ":" + thing.name());
        }

        @GET
        @Path("/{id}")
        @Open
        public Thing byId(@PathParam("id") String id) {
            return new Thing(id);
        }

        @GET
        @Path("/literal")
        @Open
        public Thing literal() {
            return new Thing("the literal one");
        }

        @GET
        @Path("/broken")
        @Open
        public Thing broken() {
            return new Thing(Optional.<String>empty().orElseThrow(() -> new IllegalStateException("hunter2")));
        }

        @POST
        @Path("/any")
        @Open
        public JsonNode any(@FromBody(required = false) JsonNode body) {
            return body;
        }
    }

    /** Says nothing about who may call it. */
    @Path("/")
    public static final class Unguarded {
        @GET
        public JsonNode get() {
            return JsonNodeFactory.instance.nullNode();
        }
    }

    @BeforeAll
    static void start() {
        api = TestApi.of(new Things());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void refusesToServeAMethodThatDoesNotSayWhoMayCallIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestApi.of(new Unguarded()))
                .withMessageContaining("@Permission");
    }

    @Test
    void answersUnknownPathsAndWrongMethodsBeforeItAsksForAToken() {
        assertAnswer(api.send("GET", "/nothing", ""), 404, "{\"detail\":\"Not Found\"}");
        assertAnswer(api.send("GET", "/things/a/b", ""), 404, "{\"detail\":\"Not Found\"}");
        Answer wrongMethod = api.send("PATCH", "/things", "");
        assertAnswer(wrongMethod, 405, "{\"detail\":\"Method Not Allowed\"}");
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET, POST");
        assertAnswer(api.send("OPTIONS", "/things", ""), 405, "{\"detail\":\"Method Not Allowed\"}");
    }

    @Test
    void gives401ThenThe403ThenTheErrorsOfShape() {
        assertAnswer(api.send("POST", "/things", "{}"), 401, "{\"detail\":\"Authentication required\"}");
        assertAnswer(
                as("read:things", "POST", "/things", "{"), 403, "{\"detail\":\"Missing permission: write:things\"}");
        assertThat(as("write:things", "POST", "/things", "{}").status()).isEqualTo(422);
        assertAnswer(as("write:things", "POST", "/things", "{\"name\": \"a\"}"), 200, "{\"name\":\"client:a\"}");
    }

    @Test
    void reportsTheErrorsOfQueryAndBodyTogetherQueryFirst() {
        JsonNode detail = as("write:things", "POST", "/things?page=x&secret_returned=maybe", "{}")
                .json()
                .get("detail");

        assertThat(detail.findValuesAsText("type")).containsExactly("int_parsing", "bool_parsing", "missing");
    }

    @Test
    void letsTheBodyWinOverTheQueryMemberByMember() {
        Answer answer = as(
                "read:things",
                "GET",
                "/things?status=a&page=2&page_size=5",
                "{\"status\": [\"b\", \"c\"], \"page\": null}");

        assertThat(answer.text())
                .isEqualTo("{\"page\":{\"page\":2,\"page_size\":5,\"sort\":null,\"sort_dir\":\"asc\"},"
                        + "\"status\":{\"values\":[\"b\",\"c\"]},\"secret_returned\":false}");
        assertThat(as("read:things", "GET", "/things?page=x", "{\"page_size\": \"y\"}")
                        .json()
                        .get("detail"))
                .hasToString("[{\"type\":\"int_parsing\",\"loc\":[\"query\",\"page\"],\"msg\":\"Input should be a valid"
                        + " integer, unable to parse string as an integer\",\"input\":\"x\"},{\"type\":\"int_parsing\","
                        + "\"loc\":[\"body\",\"page_size\"],\"msg\":\"Input should be a valid integer, unable to parse"
                        + " string as an integer\",\"input\":\"y\"}]");
    }

    @Test
    void prefersALiteralPathToATemplate() {
        assertAnswer(api.send("GET", "/things/literal", ""), 200, "{\"name\":\"the literal one\"}");
        assertAnswer(api.send("GET", "/things/other%2Fone%20%C3%A4", ""), 200, "{\"name\":\"other/one ä\"}");
    }

    @Test
    void givesEveryAnswerAnIdOfItsOwn() {
        List<String> ids = List.of(
                requestId(api.send("GET", "/things/a", "")),
                requestId(api.send("GET", "/nothing", "")),
                requestId(api.send("GET", "/things", "")),
                requestId(api.send("GET", "/things/broken", "")));

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith("request-"));
    }

    @Test
    void saysNothingOfTheInsideWhenItFails() {
        Answer answer = api.send("GET", "/things/broken", "");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().get("detail").textValue())
                .startsWith("Internal server error")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png;q=1", "*/*", "garbage", ""})
    void answersJsonWhateverTheClientAcceptsOrSends(String mediaType) {
        Answer answer = api.send("GET", "/things/a", "", "Accept", mediaType, "Content-Type", mediaType);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void takesABodyThatIsSaidNotToBeJsonForText() {
        Answer answer = api.send(
                "POST",
                "/things",
                "{\"name\": \"a\"}",
                "Authorization",
                "Bearer write:things",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("detail").findValuesAsText("type")).containsExactly("model_attributes_type");
    }

    @Test
    void refusesBodiesOfMoreThanAMebibyteAlsoWithoutALength() throws Exception {
        String large = "\"" + "a".repeat(1024 * 1024) + "\"";

        assertThat(api.send("POST", "/things/any", "\"" + "a".repeat(1024 * 1024 - 2) + "\"")
                        .status())
                .isEqualTo(200);
        Answer answer = api.send("POST", "/things/any", large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("detail").textValue()).contains("1 MiB");
        HttpRequest chunked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/things/any"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(chunked, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void keepsTheConnectionOfARequestThatItRefusedBeforeItsBodyCame() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            out.write("{}GET /things/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 401 ")
                    .endsWith("{\"name\":\"a\"}");
        }
    }

    @Test
    void refusesWhatNoStoreCouldHold() throws IOException {
        assertThat(api.send("POST", "/things/any", "{\"a\": [\"\\u0000\"]}").status())
                .isEqualTo(400);
        assertThat(api.send("POST", "/things/any", "{\"\\ud800\": 1}").status()).isEqualTo(400);
        assertThat(api.send("POST", "/things/any", "\"\\ud83d\\ude00\"").text()).isEqualTo("\"😀\"");
        assertThat(api.send("GET", "/things/a%00b", "").status()).isEqualTo(400);
        assertThat(api.send("GET", "/things?x=%00", "").status()).isEqualTo(400);
    }

    @Test
    void closesWhatNeedsTheDataPlaneUntilItIsReady() {
        Readiness readiness = new Readiness();
        Api closed = new Api(List.of(new Things()), credentials -> caller(), List.of(), readiness, status -> {});
        try (TestApi starting = TestApi.of(closed)) {
            Answer answer = starting.send("GET", "/things", "");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");

            readiness.begin();

            assertThat(starting.send("GET", "/things", "").status()).isEqualTo(403);
        }
    }

    /** Ends the platform under its own request. */
    @Path("/last")
    public record Last(Readiness readiness) {
        @GET
        @Open
        public Thing get() {
            readiness.end();
            throw new IllegalStateException("the store is closed");
        }
    }

    @Test
    void aRequestThatTheEndOfThePlatformCutsOffIsToBeSentAgain() {
        Readiness readiness = Readiness.immediate();
        Api ending = new Api(List.of(new Last(readiness)), credentials -> caller(), List.of(), readiness, status -> {});
        try (TestApi stopping = TestApi.of(ending)) {
            Answer answer = stopping.send("GET", "/last", "");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("stopping; ask again");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    private static Caller caller() {
        return new Caller("tenant", "service", "client", Set.of(), false);
    }

    private static Answer as(String permission, String method, String path, String body) {
        return api.send(method, path, body, "Authorization", "Bearer " + permission);
    }

    private static String requestId(Answer answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private static void assertAnswer(Answer answer, int status, String text) {
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.status()).isEqualTo(status);
    }
}
