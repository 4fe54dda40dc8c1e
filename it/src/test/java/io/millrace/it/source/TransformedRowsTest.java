package io.millrace.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the keys of a source do to its rows, seen in the topics: for snapshot rows and for streamed changes. */
class TransformedRowsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LIMIT = 1_048_576;

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
    void changesSnapshotRowsAndStreamedChangesAlike() {
        PostgresDatabase database = server.createDatabase();
        database.execute(
                "create table orders (id bigint primary key, region text default 'eu', note text)",
                "alter table orders replica identity full",
                "create table plain (id bigint primary key, text text)",
                "insert into orders values (1, 'us', repeat('é', " + LIMIT + ")), (2, null, 'short')");
        String source = create(database);
        String name = "public." + database.name() + "_orders";

        snapshot(source, name);
        database.execute(
                "insert into orders values (3, 'us', repeat('é', " + LIMIT + "))",
                "update orders set note = 'n' where id = 3",
                "delete from orders where id = 3",
                "insert into plain values (7, 'seven')");

        AvroTopic orders = new AvroTopic(platform, "source_" + source + "." + name);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(orders.read())
                .extracting(AvroTopic.Entry::operation)
                .containsExactly("r", "r", "c", "u", "d", "tombstone"));
        List<AvroTopic.Entry> entries = orders.read();
        assertThat(entries)
                .extracting(entry -> entry.key().orElseThrow().toString())
                .containsExactly(key(1, "us"), key(2, "eu"), key(3, "us"), key(3, "us"), key(3, "us"), key(3, "us"));
        for (AvroTopic.Entry entry : entries) {
            if (entry.value().isPresent()) {
                assertThat(entry.row().get("site")).hasToString("berlin");
                assertThat(entry.row().get("_streamkap_topic")).hasToString("source_" + source + "." + name);
            }
        }
        for (int large : List.of(0, 2)) {
            String note = entries.get(large).row().get("note").toString();
            assertThat(note).hasSize((LIMIT - 4) / 2 + 3).endsWith("é...");
        }
        assertThat(entries.get(1).row().get("note")).hasToString("short");
        assertThat(before(entries.get(3)).get("note").toString()).endsWith("é...");

        AvroTopic plain = new AvroTopic(platform, "source_" + source + ".public." + database.name() + "_plain");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(plain.read()).hasSize(1));
        assertThat(plain.read().get(0).key().orElseThrow()).hasToString("{\"id\": 7}");
        assertThat(plain.read().get(0).row().getSchema().getField("site")).isNull();
        assertThat(plain.read().get(0).row().get("_streamkap_topic")).asString().endsWith("_plain");
        platform.send("DELETE", "/sources/" + source);
    }

    private static String key(int id, String region) {
        return "{\"id\": " + id + ", \"region\": \"" + region + "\", \"tenant\": \"acme\"}";
    }

    private static GenericRecord before(AvroTopic.Entry entry) {
        return (GenericRecord) entry.value().orElseThrow().get("before");
    }

    private static void snapshot(String source, String topic) {
        platform.send("POST", "/sources/snapshot", Map.of("source_id", source, "topic_names", List.of(topic)));
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode run =
                    platform.send("GET", "/sources/" + source + "/snapshots").at("/result/0");
            assertThat(run.path("status").asText()).isEqualTo("completed");
            assertThat(run.at("/topics/0/topic_name").asText()).isEqualTo(topic);
            assertThat(run.at("/topics/0/rows_read").asLong()).isEqualTo(2);
        });
    }

    private static String create(PostgresDatabase database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", server.port());
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.dbname", database.name());
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", "public.orders,public.plain");
        config.put("slot.name", "transformed");
        config.put("publication.name", "transformed_pub");
        config.put("include.source.db.name.in.table.name.user.defined", true);
        config.put("InsertTopicName.enabled", true);
        config.put("transforms.ValueToKey.fields.include.list", "orders.region");
        config.put("transforms.InsertStaticKey1.static.field", "tenant");
        config.put("transforms.InsertStaticKey1.static.value", "acme");
        config.put("transforms.InsertStaticValue1.static.field", "site");
        config.put("transforms.InsertStaticValue1.static.value", "berlin");
        config.put("predicates.IsTopicToEnrich.pattern", "source_\\w+[.]public[.].*_orders");
        config.put("transforms.OversizedRecords.fields.include.list", "orders.*");
        config.put("transforms.OversizedRecords.max.field.size.bytes", LIMIT);
        config.put("transforms.OversizedRecords.truncation.suffix", "...");
        JsonNode source = platform.send(
                "POST", "/sources", Map.of("name", "transformed", "connector", "postgresql", "config", config));
        String id = source.get("id").textValue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + id)
                        .at("/result/0/connector_status")
                        .textValue())
                .isEqualTo("Active"));
        return id;
    }
}
