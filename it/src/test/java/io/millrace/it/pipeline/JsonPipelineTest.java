package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.it.Topic;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of a platform whose topics hold plain JSON. */
class JsonPipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.startWithJson(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    @Test
    void everyTypeArrivesAndDeletesAndNewColumnsFollow() throws IOException {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        PostgresTypes.fill(from);
        String source = linked.source("json_types", from, "public.every_type");
        String postgresql = linked.destination("json types", "postgresql", Linked.postgresql(to));
        String duckDb = linked.destination(
                "json types of duckdb", "duckdb", Map.of("duckdb.database", "json", "hard.delete", true));
        String toPostgresql = linked.pipeline(source, postgresql, "postgresql", "public.every_type");
        String toDuckDb = linked.pipeline(source, duckDb, "duckdb", "public.every_type");
        linked.snapshot(source, "public.every_type");
        PostgresTypes.insertAgain(from);

        String topic = "source_" + source + ".public.every_type";
        awaitRows(from, to, postgresql);
        assertThat(String.join("\n", PostgresTypes.differences(from, to, "copy.every_type")))
                .isEmpty();
        assertPlainWithOneSchema(Topic.read(platform.kafka(), topic));

        from.execute(
                "DELETE FROM every_type WHERE id % 2 = 0",
                "ALTER TABLE every_type ADD COLUMN extra numeric(10,2)",
                "INSERT INTO every_type (id, c0, extra) VALUES (1000, true, 12.50)");
        awaitRows(from, to, postgresql);
        assertThat(to.query("SELECT id, extra FROM copy.every_type WHERE extra IS NOT NULL"))
                .containsExactly(List.of("1000", "12.50"));
        for (String destination : List.of(postgresql, duckDb)) {
            linked.awaitTaken(destination, topic);
            assertThat(linked.refusals(destination)).isEmpty();
        }
        for (String pipeline : List.of(toPostgresql, toDuckDb)) {
            JsonNode report =
                    platform.send("POST", "/pipelines/" + pipeline + "/verify?wait=true", Map.of("settle_ms", 0));
            assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
            assertThat(report.at("/topics/0/columns_left_out"))
                    .as(report.toString())
                    .isEmpty();
        }
    }

    private static void awaitRows(PostgresDatabase from, PostgresDatabase to, String destination) {
        String ids = "SELECT id FROM %s ORDER BY id";
        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        to.query(ids.formatted("copy.every_type")))
                .as(() -> linked.refusals(destination) + "\n" + linked.read(destination))
                .isEqualTo(from.query(ids.formatted("every_type"))));
    }

    /** Rows that readers of the snapshot encoded, and those of the stream, look the same. */
    private static void assertPlainWithOneSchema(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        Set<String> operations = new HashSet<>();
        Set<String> schemas = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode value = JSON.readTree(record.value());
            operations.add(value.path("op").asText());
            schemas.add(header(record, "millrace.key.schema") + " " + header(record, "millrace.value.schema"));
            assertThat(value.path("after").path("id"))
                    .isEqualTo(JSON.readTree(record.key()).path("id"));
        }
        assertThat(operations).containsExactlyInAnyOrder("r", "c");
        assertThat(schemas).singleElement().asString().matches("\\d+ \\d+");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.US_ASCII);
    }
}
