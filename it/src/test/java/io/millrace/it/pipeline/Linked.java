package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.Topic;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Makes sources, destinations and pipelines by calls of the API. */
final class Linked {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final RunningPlatform platform;

    Linked(RunningPlatform platform) {
        this.platform = platform;
    }

    /** Captures tables of a database; returns the source's id. */
    String source(String name, PostgresDatabase database, String... tables) {
        JsonNode source = platform.send(
                "POST",
                "/sources",
                Map.of("name", name, "connector", "postgresql", "config", captured(name, database, tables)));
        assertThat(source.path("connector_status").asText())
                .as(source.toString())
                .isEqualTo("Active");
        return id(source);
    }

    /** Returns the configuration of a source that captures tables of a database. */
    static Map<String, Object> captured(String name, PostgresDatabase database, String... tables) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", database.server().port());
        config.put("database.dbname", database.name());
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", String.join(",", tables));
        config.put("slot.name", name);
        config.put("publication.name", name);
        return config;
    }

    /** Makes a destination; returns its id. */
    String destination(String name, String code, Map<String, Object> config) {
        return id(platform.send("POST", "/destinations", Map.of("name", name, "connector", code, "config", config)));
    }

    /** Links topics of a source to a destination; returns the pipeline's id. */
    String pipeline(String source, String destination, String code, String... topics) {
        return pipelineOf("postgresql", source, destination, code, topics);
    }

    /** Links topics of a source of any kind to a destination; returns the pipeline's id. */
    String pipelineOf(String kind, String source, String destination, String code, String... topics) {
        return id(platform.send(
                "POST",
                "/pipelines",
                Map.of(
                        "name", "to " + destination,
                        "source", Map.of("id", source, "name", "s", "connector", kind, "topics", List.of(topics)),
                        "destination", Map.of("id", destination, "name", "d", "connector", code))));
    }

    /** Takes a snapshot of tables to its end. */
    void snapshot(String source, String... topics) {
        String run = platform.send(
                        "POST", "/sources/snapshot", Map.of("source_id", source, "topic_names", List.of(topics)))
                .path("snapshot_id")
                .asText();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode now = platform.send("GET", "/sources/" + source + "/snapshots/" + run);
            assertThat(now.path("status").asText()).as(now.toString()).isEqualTo("completed");
        });
    }

    /** Waits until a destination is in a state; returns it as it is then. */
    JsonNode awaitState(String destination, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        read(destination).path("connector_status").asText())
                .as(() -> read(destination).toString())
                .isEqualTo(state));
        return read(destination);
    }

    JsonNode read(String destination) {
        return platform.send("GET", "/destinations/" + destination).at("/result/0");
    }

    /** Waits until a destination has taken, and committed, all that is in a topic now. */
    void awaitTaken(String destination, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, platform.kafka()))) {
            long end = Topic.end(platform.kafka(), topic);
            await().atMost(PATIENCE).until(() -> {
                OffsetAndMetadata taken = admin.listConsumerGroupOffsets("connect-destination_" + destination)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition);
                return taken != null && taken.offset() >= end;
            });
        }
    }

    /** Returns why records were set aside, one reason for each. */
    List<String> refusals(String destination) {
        return Topic.read(platform.kafka(), "destination_" + destination + ".streamkap.deadletterqueue").stream()
                .map(record -> record.headers().lastHeader("__connect.errors.exception.message"))
                .map(reason -> new String(reason.value(), StandardCharsets.UTF_8))
                .toList();
    }

    static Map<String, Object> postgresql(PostgresDatabase database, Object... more) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", database.server().port());
        config.put("database.database.user.defined", database.name());
        config.put("connection.username", PostgresServer.USER);
        config.put("connection.password", PostgresServer.PASSWORD);
        config.put("table.name.prefix", "copy");
        config.put("insert.mode", "upsert");
        config.put("delete.enabled", true);
        Stream.iterate(0, i -> i < more.length, i -> i + 2).forEach(i -> config.put((String) more[i], more[i + 1]));
        return config;
    }

    static Map<String, Object> mysql(MariaDbDatabase database) {
        return Map.of(
                "database.hostname.user.defined",
                "127.0.0.1",
                "database.port.user.defined",
                database.server().port(),
                "database.database.user.defined",
                database.name(),
                "connection.username",
                MariaDbServer.USER,
                "connection.password",
                MariaDbServer.PASSWORD,
                "insert.mode",
                "upsert",
                "delete.enabled",
                true);
    }

    static String id(JsonNode made) {
        return made.path("id").asText();
    }
}
