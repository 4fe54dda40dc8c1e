package io.millrace.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLifecycleTest {
    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    @Test
    void becomesActiveByItselfWhenItsDatabaseIsStartedLater() {
        PostgresDatabase database = withTables("orders");
        server.stop();

        JsonNode created = create("late", database, "public.orders");

        assertThat(created.get("connector_status").textValue()).isEqualTo("Broken");
        assertThat(created.get("connector_status_reason").textValue()).contains(String.valueOf(server.port()));
        assertThat(created.at("/task_statuses/0/trace").textValue()).contains("Exception");

        server.start();

        awaitState(created, "Active");
        assertThat(database.query("select slot_name from pg_replication_slots where slot_name = 'late'"))
                .hasSize(1);
        platform.send("DELETE", "/sources/" + id(created));
    }

    @Test
    void makesAndDropsSlotAndPublicationOfExactlyItsTables() {
        PostgresDatabase database = withTables("a", "b", "c");

        JsonNode source = create("exact", database, "public.a,public.b");
        assertThat(source.get("connector_status").textValue()).isEqualTo("Active");
        assertThat(published(database, "exact_pub")).containsExactly("a", "b");

        JsonNode updated = platform.send("PUT", "/sources/" + id(source), body("exact", database, "public.b,public.c"));
        assertThat(updated.get("topics")).hasToString("[\"public.b\",\"public.c\"]");
        assertThat(published(database, "exact_pub")).containsExactly("b", "c");

        platform.send("DELETE", "/sources/" + id(source));
        assertThat(published(database, "exact_pub")).isEmpty();
        assertThat(database.query("select 1 from pg_publication where pubname = 'exact_pub'"))
                .isEmpty();
        assertThat(database.query("select 1 from pg_replication_slots where slot_name = 'exact'"))
                .isEmpty();
    }

    @Test
    void leavesWhatWasThereAsItIsAndSaysWhatItLacks() {
        PostgresDatabase database = withTables("a", "b");
        database.execute(
                "create publication found_pub for table a",
                "select pg_create_logical_replication_slot('found', 'pgoutput')");

        JsonNode source = create("found", database, "public.a,public.b");

        assertThat(source.get("connector_status").textValue()).isEqualTo("Active");
        assertThat(source.get("connector_status_reason").textValue())
                .contains("ALTER PUBLICATION")
                .contains("\"b\"");
        platform.send("DELETE", "/sources/" + id(source));
        assertThat(published(database, "found_pub")).containsExactly("a");
        // the database lets go of the slot a moment after its reader has gone
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        database.query("select 1 from pg_replication_slots where slot_name = 'found' and not active")
                                        .size()
                                == 1);
        database.execute("select pg_drop_replication_slot('found')");
    }

    @Test
    void movesBetweenStatesAndStaysThere() {
        PostgresDatabase database = withTables("a");
        JsonNode source = create("states", database, "public.a");

        assertThat(act(source, "pause")).isEqualTo("Paused");
        assertThat(act(source, "pause")).isEqualTo("Paused");
        assertThat(act(source, "stop")).isEqualTo("Stopped");
        assertThat(act(source, "resume")).isEqualTo("Active");
        assertThat(act(source, "restart")).isEqualTo("Active");
        assertThat(act(source, "reset")).isEqualTo("Stopped");
        assertThat(act(source, "resume")).isEqualTo("Active");
        platform.send("DELETE", "/sources/" + id(source));
    }

    @Test
    void recoversWhenItsDatabaseWasGoneForAWhile() {
        PostgresDatabase database = withTables("a");
        JsonNode source = create("gone", database, "public.a");

        server.kill();
        awaitState(source, "Broken");
        server.start();

        awaitState(source, "Active");
        platform.send("DELETE", "/sources/" + id(source));
    }

    @Test
    void deletesWhileTheDatabaseIsDownAndDropsTheSlotLater() {
        PostgresDatabase database = withTables("a");
        JsonNode source = create("left", database, "public.a");
        server.stop();

        platform.send("DELETE", "/sources/" + id(source));

        assertThat(platform.send("GET", "/sources/" + id(source)).get("total").intValue())
                .isZero();
        server.start();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        database.query("select 1 from pg_replication_slots where slot_name = 'left'"))
                .isEmpty());
    }

    @Test
    void showsItsTopicsAndWhatWasCaptured() {
        PostgresDatabase database = withTables("a", "b");
        JsonNode source = create("shown", database, "public.a,public.b");
        String topic = "source_" + id(source) + ".public.a";
        for (int i = 1; i <= 5; i++) {
            database.execute("insert into a values (" + i + ", 'row " + i + "')");
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(offsets("/topics/" + topic + "/messages?order=oldest"))
                        .hasSize(5));
        JsonNode newest = platform.send("GET", "/topics/" + topic + "/messages?page_size=2");
        assertThat(newest.at("/result/0/key/id").longValue()).isEqualTo(5);
        assertThat(newest.at("/result/0/value/after/text").textValue()).isEqualTo("row 5");
        assertThat(newest.at("/result/0/value_format").textValue()).isEqualTo("avro");
        assertThat(newest.get("has_next").booleanValue()).isTrue();
        JsonNode further = platform.send(
                "GET",
                "/topics/" + topic + "/messages?page_size=2&last_seen_offsets="
                        + newest.get("last_seen_offsets").textValue());
        assertThat(further.at("/result/0/key/id").longValue()).isEqualTo(3);
        JsonNode back = platform.send(
                "GET",
                "/topics/" + topic + "/messages?page_size=2&first_seen_offsets="
                        + further.get("first_seen_offsets").textValue());
        assertThat(back.get("result")).isEqualTo(newest.get("result"));
        assertThat(offsets("/topics/" + topic + "/messages?query=row%204")).hasSize(1);

        JsonNode list = platform.send("GET", "/topics/details?entity_id=" + id(source) + "&page_size=1");
        assertThat(list.get("total").intValue()).isEqualTo(2);
        assertThat(list.at("/result/0/id").textValue()).isEqualTo(topic);
        JsonNode detail = platform.send("GET", "/topics/" + topic + "?detailed=true");
        assertThat(detail.at("/kafka/partitions/count").intValue()).isEqualTo(1);
        assertThat(detail.at("/kafka/partitions/details/0/latest_offset").longValue())
                .isGreaterThanOrEqualTo(5);
        platform.send("DELETE", "/sources/" + id(source));
    }

    private static List<JsonNode> offsets(String path) {
        List<JsonNode> offsets = new ArrayList<>();
        platform.send("GET", path).get("result").forEach(message -> offsets.add(message.get("offset")));
        return offsets;
    }

    private static PostgresDatabase withTables(String... names) {
        PostgresDatabase database = server.createDatabase();
        for (String name : names) {
            database.execute("create table " + name + " (id bigint primary key, text text)");
        }
        return database;
    }

    private static JsonNode create(String name, PostgresDatabase database, String tables) {
        return platform.send("POST", "/sources", body(name, database, tables));
    }

    private static Map<String, Object> body(String name, PostgresDatabase database, String tables) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", server.port());
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.dbname", database.name());
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", tables);
        config.put("slot.name", name);
        config.put("publication.name", name + "_pub");
        return Map.of("name", name, "connector", "postgresql", "config", config);
    }

    private static String act(JsonNode source, String action) {
        return platform.send("POST", "/sources/" + id(source) + "/actions/" + action)
                .get("connector_status")
                .textValue();
    }

    private static void awaitState(JsonNode source, String state) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + id(source))
                                .at("/result/0/connector_status")
                                .textValue())
                        .isEqualTo(state));
    }

    private static List<String> published(PostgresDatabase database, String publication) {
        return database
                .query("select tablename from pg_publication_tables where pubname = '" + publication
                        + "' order by tablename")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    private static String id(JsonNode source) {
        return source.get("id").textValue();
    }
}
