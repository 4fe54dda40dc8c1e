package io.millrace.http.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.contract.Contract;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Open;
import io.millrace.http.PageRequest;
import io.millrace.http.TestApi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's requests of a wrong shape, sent to resources with the records that the contract describes. */
class ValidationExamplesTest {
    private static TestApi api;

    enum SnapshotType {
        INCREMENTAL,
        BLOCKING
    }

    record Condition(String dataCollection, String filter) {}

    record Stop(
            String sourceId,
            Optional<List<String>> topicNames,
            Optional<List<Condition>> additionalConditions,
            Optional<String> surrogateKey) {}

    record Snapshot(
            String sourceId,
            Optional<List<String>> topicNames,
            Optional<List<Condition>> additionalConditions,
            Optional<String> surrogateKey,
            @Default("incremental") SnapshotType snapshotType) {}

    record Token(
            @RequiredUnless("project_key") Optional<@Size(max = 256) String> clientId,
            @RequiredUnless("project_key") Optional<@Size(max = 512) String> secret,
            Optional<@Size(max = 8192) String> projectKey) {}

    record BulkSnapshot(
            @Size(min = 1, max = 500) List<String> topicIds, @Default("incremental") SnapshotType snapshotType) {}

    record Listing(@Inline PageRequest page, @Default("false") boolean secretReturned) {}

    /** The operations of the examples. */
    @Path("/")
    public static final class Resource {
        @POST
        @Open
        @Path("sources/stop_incremental_snapshot")
        public JsonNode stop(@FromBody Stop body) {
            return JsonNodeFactory.instance.textNode(body.sourceId());
        }

        @POST
        @Open
        @Path("sources/snapshot")
        public JsonNode snapshot(@FromBody Snapshot body) {
            return JsonNodeFactory.instance.textNode(body.sourceId());
        }

        @POST
        @Open
        @Path("auth/access-token")
        public JsonNode token(@FromBody Token body) {
            return JsonNodeFactory.instance.textNode(body.toString());
        }

        @POST
        @Open
        @Path("topics/bulk/snapshot")
        public JsonNode bulk(@FromBody BulkSnapshot body) {
            return JsonNodeFactory.instance.textNode(body.toString());
        }

        @GET
        @Open
        @Path("sources")
        public JsonNode list(@FromQuery Listing listing) {
            return JsonNodeFactory.instance.textNode(listing.toString());
        }
    }

    @BeforeAll
    static void start() {
        api = TestApi.of(new Resource());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static Stream<JsonNode> examples() {
        return Contract.validationExamples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isAnsweredToTheLetter(JsonNode example) {
        TestApi.Answer answer = api.send(
                example.get("method").asText(),
                example.get("path").asText(),
                example.get("body").isNull() ? "" : example.get("body").asText());

        assertThat(answer.status()).isEqualTo(example.get("status").asInt());
        assertThat(answer.json()).isEqualTo(example.get("answer"));
        assertThat(answer.text()).isEqualTo(example.get("answer").toString());
    }
}
