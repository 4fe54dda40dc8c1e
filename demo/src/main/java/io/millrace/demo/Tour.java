package io.millrace.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * The tour, step by step. Every step checks what it shows and throws {@link DemoFailure} when it is not so.
 *
 * <p>One table is stopped while the others go on, then the rest, and then all of it is continued: the marks at which
 * this happens are shares of the rows of the whole run.
 */
final class Tour {
    private static final int WATCHABLE_ROWS_PER_SECOND = 40_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final double FIRST_STOP_PERCENT = 15;
    private static final double SECOND_STOP_PERCENT = 45;

    private final Api api;
    private final Curl curl;
    private final Narrator narrator;
    private final Pace pace;

    /** @param api signed in */
    Tour(Api api, Narrator narrator, Pace pace) {
        this.api = api;
        this.curl = new Curl(api.base());
        this.narrator = narrator;
        this.pace = pace;
    }

    /** Captures the shop, and returns the id of the source. */
    String createSource(ShopAddress shop) {
        narrator.step("Create a source: capture the shop's tables");
        narrator.command(curl.post("/sources", source(shop, "$PGPASSWORD")));
        JsonNode source = api.post("/sources", source(shop, shop.password()));
        String id = source.path("id").asText();
        narrator.say(
                "source " + id + ", state " + source.path("connector_status").asText());

        narrator.step("Wait until it is Active");
        String path = "/sources/" + id;
        narrator.command(curl.get(path));
        JsonNode active = await(
                SOON, () -> api.get(path).path("result").path(0), Tour::isActive, "the source did not become Active");
        narrator.say("Active, topics: " + String.join(", ", texts(active.path("topics"))));
        return id;
    }

    /** Runs an incremental snapshot of all tables with two stops on the way, and continues it to the end. */
    void snapshot(String source) {
        narrator.step("Execute an incremental snapshot of all tables, not at full speed so that it can be watched");
        ObjectNode all = JSON.createObjectNode().put("source_id", source);
        ObjectNode slowly = all.deepCopy().put("max_rows_per_second", WATCHABLE_ROWS_PER_SECOND);
        narrator.command(curl.post("/sources/execute_incremental_snapshot", slowly));
        String run = command("/sources/execute_incremental_snapshot", slowly)
                .path("snapshot_id")
                .asText();
        narrator.command(curl.get("/sources/" + source + "/snapshots/" + run));
        RunProgress begun = watch(source, run, LONG, seen -> isPast(seen, FIRST_STOP_PERCENT));

        narrator.step("Stop one table by its name; the others go on");
        String table = begun.firstUnfinished();
        ObjectNode one = all.deepCopy();
        one.putArray("topic_names").add(table);
        narrator.command(curl.post("/sources/stop_incremental_snapshot", one));
        command("/sources/stop_incremental_snapshot", one);
        RunProgress narrowed = watch(source, run, LONG, seen -> isPast(seen, SECOND_STOP_PERCENT));
        String state = narrowed.table(table).status();
        expect(state.equals("cancelled"), table + " should be cancelled and is " + state);

        narrator.step("Stop the rest");
        narrator.command(curl.post("/sources/stop_incremental_snapshot", all));
        command("/sources/stop_incremental_snapshot", all);
        RunProgress stopped = watch(source, run, SOON, Tour::isOver);
        expect(stopped.status().equals("cancelled"), "the run should be cancelled and is " + stopped.status());
        narrator.say("cancelled: no further row follows, and streaming never paused");

        narrator.step("Continue it to the end, from where each table stopped");
        String again = "/sources/" + source + "/snapshots/" + run + "/continue";
        narrator.command(curl.post(again, JSON.createObjectNode()));
        String rest = command(again, JSON.createObjectNode()).path("id").asText();
        RunProgress done = watch(source, rest, LONG, Tour::isOver);
        expect(done.status().equals("completed"), "the continued run should be completed and is " + done.status());
        narrator.say("complete: %,d rows before the stop and %,d after it".formatted(stopped.rows(), done.rows()));
    }

    /** Changes one order in the database, shows what arrived in the topic, and returns the order's note. */
    String streamedUpdate(String source, ShopAddress address, Connection shop) throws SQLException {
        narrator.step("Change a row in the database and read it from the topic");
        String note = "leave it with neighbour " + UUID.randomUUID();
        try (PreparedStatement update = shop.prepareStatement("UPDATE orders SET note = ? WHERE id = 1")) {
            update.setString(1, note);
            update.executeUpdate();
        }
        narrator.command("psql -h " + address.host() + " -p " + address.port() + " -U " + address.user() + " "
                + address.database() + " -c \"UPDATE orders SET note = '" + note + "' WHERE id = 1\"");
        String path = "/topics/source_" + source + ".public.orders/messages?order=newest&page_size=100";
        narrator.command(curl.get(path));
        JsonNode message = await(
                        SOON,
                        () -> arrived(api.get(path), note),
                        Optional::isPresent,
                        "the update did not arrive in the topic")
                .orElseThrow();
        JsonNode value = message.path("value");
        narrator.say("partition " + message.path("partition") + ", offset " + message.path("offset") + ", op "
                + value.path("op").asText());
        narrator.say("before " + value.path("before"));
        narrator.say("after  " + value.path("after"));
        return note;
    }

    private static Optional<JsonNode> arrived(JsonNode page, String note) {
        for (JsonNode message : page.path("result")) {
            JsonNode value = message.path("value");
            if (value.path("op").asText().equals("u")
                    && value.path("after").path("note").asText().equals(note)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    private JsonNode command(String path, JsonNode body) {
        JsonNode answer = api.post(path, body);
        narrator.say(
                "run " + answer.path("snapshot_id").asText(answer.path("id").asText()) + ", "
                        + answer.path("status").asText());
        return answer;
    }

    private RunProgress watch(String source, String run, Duration atMost, Predicate<RunProgress> until) {
        ProgressView view = narrator.progress();
        RunProgress seen = await(
                atMost,
                () -> {
                    RunProgress now = RunProgress.of(api.get("/sources/" + source + "/snapshots/" + run));
                    view.show(now);
                    return now;
                },
                now -> until.test(now) || isOver(now),
                "the run " + run + " did not get there");
        view.leave();
        return seen;
    }

    private <T> T await(Duration atMost, Supplier<T> look, Predicate<T> fits, String otherwise) {
        return pace.await(atMost, look, fits)
                .orElseThrow(() -> new DemoFailure(otherwise + " within " + atMost.toSeconds() + " s"));
    }

    private static void expect(boolean so, String otherwise) {
        if (!so) {
            throw new DemoFailure(otherwise);
        }
    }

    private static boolean isActive(JsonNode source) {
        String state = source.path("connector_status").asText();
        expect(!state.equals("Broken"), "the source is Broken: " + source.path("task_statuses"));
        return state.equals("Active");
    }

    private static boolean isPast(RunProgress run, double percent) {
        return run.percent().orElse(0.0) >= percent;
    }

    private static boolean isOver(RunProgress run) {
        return List.of("cancelled", "completed", "failed").contains(run.status());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static ObjectNode source(ShopAddress shop, String password) {
        ObjectNode source = JSON.createObjectNode().put("name", "shop").put("connector", "postgresql");
        source.putObject("config")
                .put("database.hostname.user.defined", shop.host())
                .put("database.port.user.defined", shop.port())
                .put("database.user", shop.user())
                .put("database.password", password)
                .put("database.dbname", shop.database())
                .put("database.sslmode", "disable")
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", String.join(",", Shop.TABLES))
                .put("streamkap.snapshot.state.refresh.ms", 1000);
        return source;
    }
}
