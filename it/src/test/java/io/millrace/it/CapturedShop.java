package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A platform that captures a table of a PostgreSQL of its own, and what operations need to find there: a source that is
 * free for a snapshot, a run that goes on, one that was ended. Each is made when it is asked for first. Not thread-safe.
 */
final class CapturedShop implements AutoCloseable {
    static final String TABLE = "public.orders";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> OVER = List.of("cancelled", "completed", "failed");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PostgresServer server;
    private final PostgresDatabase database;
    private final MillraceProcess platform;
    private String token = "";
    private String source = "";
    private String worn = "";
    private String destination = "";
    private String comparable = "";
    private String slow = "";
    private String cancelled = "";
    private int names;

    /** An answer as it came. */
    record Answer(int status, String contentType, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException("no JSON: " + text, e);
            }
        }
    }

    private CapturedShop(PostgresServer server, MillraceProcess platform) {
        this.server = server;
        this.platform = platform;
        this.database = server.createDatabase();
    }

    /** Starts a database and a platform, and captures a table with a few thousand rows. */
    static CapturedShop open(Path data) {
        CapturedShop shop = new CapturedShop(PostgresServer.start(16), MillraceProcess.start(Campaign.launch(data)));
        shop.database.execute(
                "create table orders (id bigint primary key, text text)",
                "insert into orders select n, 'order ' || n from generate_series(1, 5000) n");
        shop.token = shop.login().path("accessToken").asText();
        shop.source = shop.created("shop", Optional.empty());
        shop.database.execute("insert into orders values (0, 'streamed')");
        Awaitility.await("the schema of a streamed row is registered")
                .atMost(PATIENCE)
                .until(() -> shop.get("/schema-registry/subjects").path("total").asInt() > 0);
        return shop;
    }

    /** Sends a request with the token of an Admin. */
    Answer send(String method, String address, Optional<ObjectNode> body) {
        HttpRequest request = HttpRequest.newBuilder(platform.url().resolve(address))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .method(
                        method,
                        body.map(text -> BodyPublishers.ofString(text.toString()))
                                .orElseGet(BodyPublishers::noBody))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + address + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Signs in with the first credential. */
    JsonNode login() {
        return sure(send("POST", "/auth/access-token", Optional.of(credential())));
    }

    ObjectNode credential() {
        return JSON.createObjectNode()
                .put("client_id", MillraceLaunch.CLIENT_ID)
                .put("secret", MillraceLaunch.SECRET);
    }

    /** Returns the body of a source that can be created: no other has its name, slot or publication. */
    ObjectNode newSource() {
        return body("source " + ++names);
    }

    /** Returns the source that is captured. */
    String source() {
        return source;
    }

    /** Returns the same source once no run of it is active. */
    String free() {
        post("/sources/cancel_snapshot", JSON.createObjectNode().put("source_id", source));
        Awaitility.await("no run is active").atMost(PATIENCE).until(() -> active().isEmpty());
        return source;
    }

    /** Returns the id of a run that goes on until it is ended: it reads a row in a second. */
    String run() {
        if (slow.isEmpty() || !active().equals(Optional.of(slow))) {
            ObjectNode body = ofSource(free()).put("max_rows_per_second", 1);
            slow = post("/sources/snapshot", body).path("snapshot_id").asText();
        }
        return slow;
    }

    /** Returns the id of a run that was ended before it had read all. */
    String cancelledRun() {
        if (cancelled.isEmpty()) {
            cancelled = run();
            free();
        }
        return cancelled;
    }

    /** Returns a source that only operations on its state use, whatever that is by now. */
    String worn() {
        if (worn.isEmpty()) {
            worn = created("worn", Optional.empty());
        }
        return worn;
    }

    /** Returns the body that replaces the source of {@link #worn}. */
    ObjectNode wornSource() {
        return body("worn");
    }

    /** Returns a new source that has no connector yet. */
    String pending() {
        return created("pending " + ++names, Optional.of("Pending"));
    }

    /** Returns the body of a destination that can be created; no plugin serves it. */
    ObjectNode newDestination() {
        ObjectNode body =
                JSON.createObjectNode().put("name", "destination " + ++names).put("connector", "weaviate");
        body.putObject("config");
        return body;
    }

    /** Returns a destination, whatever its state. */
    String destination() {
        if (destination.isEmpty()) {
            destination = post("/destinations", newDestination()).path("id").asText();
        }
        return destination;
    }

    /** Returns the body of a chain of transformations that takes the place of the one that is there, if any. */
    ObjectNode newChain(String connector) {
        Answer present = send("GET", connector + "/smt-chain", Optional.empty());
        ObjectNode chain = JSON.createObjectNode();
        chain.putArray("transforms");
        return present.status() == 404
                ? chain
                : chain.set("expected_revision", present.json().at("/desired/chain_revision"));
    }

    /** Gives a source or a destination a chain of transformations. */
    void chain(String connector) {
        sure(send("PUT", connector + "/smt-chain", Optional.of(newChain(connector))));
    }

    /** Returns a new destination that was never deployed. */
    String pendingDestination() {
        return post("/destinations", newDestination().put("desired_state", "Pending"))
                .path("id")
                .asText();
    }

    /** Returns the body of a pipeline that can be created. */
    ObjectNode newPipeline() {
        ObjectNode body = JSON.createObjectNode().put("name", "pipeline " + ++names);
        body.putObject("source")
                .put("id", source)
                .put("name", "shop")
                .put("connector", "postgresql")
                .putArray("topics")
                .add(TABLE);
        body.putObject("destination")
                .put("id", destination())
                .put("name", "destination")
                .put("connector", "weaviate");
        return body;
    }

    /** Returns a new pipeline. */
    String pipeline() {
        return post("/pipelines", newPipeline()).path("id").asText();
    }

    /** Returns a new pipeline into a database that can be asked what is in it; nothing flows there. */
    String comparablePipeline() {
        if (comparable.isEmpty()) {
            ObjectNode body = JSON.createObjectNode()
                    .put("name", "comparable")
                    .put("connector", "postgresql")
                    .put("desired_state", "Pending");
            body.putObject("config")
                    .put("database.hostname.user.defined", "127.0.0.1")
                    .put("database.port.user.defined", server.port())
                    .put("database.database.user.defined", database.name())
                    .put("connection.username", PostgresServer.USER)
                    .put("connection.password", PostgresServer.PASSWORD)
                    .put("table.name.prefix", "copy")
                    .put("insert.mode", "upsert");
            comparable = post("/destinations", body).path("id").asText();
        }
        ObjectNode pipeline = newPipeline();
        pipeline.putObject("destination")
                .put("id", comparable)
                .put("name", "comparable")
                .put("connector", "postgresql");
        return post("/pipelines", pipeline).path("id").asText();
    }

    /** Returns a new pipeline whose ends were compared. */
    String verifiedPipeline() {
        database.execute(
                "create schema if not exists copy", "create table if not exists copy.orders as table public.orders");
        String pipeline = comparablePipeline();
        post(
                "/pipelines/" + pipeline + "/verify?wait=true",
                JSON.createObjectNode().put("settle_ms", 0));
        return pipeline;
    }

    /** Returns the body of a tag that can be created. */
    ObjectNode newTag() {
        return JSON.createObjectNode().put("name", "tag " + ++names);
    }

    /** Returns a new tag. */
    String tag() {
        return post("/tags", newTag()).path("id").asText();
    }

    /** Returns the id that Kafka knows the topic of the table by. */
    String topic() {
        return "source_" + source + "." + TABLE;
    }

    /** Returns the id that bulk calls know a topic by. */
    String topicDatabaseId(String topic) {
        return get("/topics/" + topic).path("db_id").asText();
    }

    /** Returns the name of a topic that can be made. */
    String newTopic() {
        return "made.by.hand." + ++names;
    }

    /** Returns a new topic that was made by hand. */
    String handMade() {
        return post("/topics", JSON.createObjectNode().put("topic_name", newTopic()))
                .path("id")
                .asText();
    }

    /** Returns a new topic that is bound to the destination. */
    String bound() {
        String topic = handMade();
        sure(send("PUT", "/topics/" + topic + "/destinations/" + destination(), Optional.empty()));
        return topic;
    }

    /** Returns a group of consumers that has read the topic of the table and is gone. */
    String group() {
        ConsumerGroup.commit(platform.kafka(), "readers", topic());
        return "readers";
    }

    /** Returns a credential that nobody uses. */
    String spareCredential() {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("role_ids").add("read-only");
        return post("/auth/client-credentials", body).path("client_id").asText();
    }

    static ObjectNode ofSource(String id) {
        return JSON.createObjectNode().put("source_id", id);
    }

    @Override
    public void close() {
        platform.close();
        server.close();
    }

    private Optional<String> active() {
        JsonNode newest = get("/sources/" + source + "/snapshots?page_size=1").at("/result/0");
        return newest.isMissingNode() || OVER.contains(newest.path("status").asText())
                ? Optional.empty()
                : Optional.of(newest.path("id").asText());
    }

    private String created(String name, Optional<String> state) {
        ObjectNode body = body(name);
        state.ifPresent(wanted -> body.put("desired_state", wanted));
        return post("/sources", body).path("id").asText();
    }

    private ObjectNode body(String name) {
        ObjectNode body = Client.source(name, database, TABLE);
        String own = name.replace(' ', '_');
        body.withObjectProperty("config").put("slot.name", "slot_" + own).put("publication.name", "pub_" + own);
        return body;
    }

    private JsonNode get(String address) {
        return sure(send("GET", address, Optional.empty()));
    }

    private JsonNode post(String address, ObjectNode body) {
        return sure(send("POST", address, Optional.of(body)));
    }

    private static JsonNode sure(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json();
    }
}
