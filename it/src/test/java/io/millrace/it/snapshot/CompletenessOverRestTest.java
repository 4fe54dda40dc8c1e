package io.millrace.it.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof at the end of a run, with everything real: says the truth while writers are at work, and finds a loss. */
class CompletenessOverRestTest {
    private static final long ROWS = 20_000;
    private static final long BIG = 400_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static PostgresDatabase database;
    private static String source = "";

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
        database = server.createDatabase();
        for (Map.Entry<String, Long> table :
                Map.of("orders", ROWS, "items", ROWS, "big", BIG).entrySet()) {
            database.execute(
                    "create table " + table.getKey() + " (id bigint primary key, v bigint, text text)",
                    "insert into " + table.getKey() + " select n, 0, repeat('x', 200) from generate_series(1, "
                            + table.getValue() + ") n");
        }
        source = platform.send("POST", "/sources", body()).path("id").asText();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + source)
                        .at("/result/0/connector_status")
                        .asText())
                .isEqualTo("Active"));
    }

    @AfterAll
    static void close() {
        platform.close();
        server.close();
    }

    @Test
    void holdsForATableThatIsWrittenTo() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(end));
        try {
            String run = execute("public.orders");

            JsonNode proof = awaitProof(run, "public.orders");

            assertThat(proof.path("complete").asBoolean()).as(proof.toString()).isTrue();
            assertThat(proof.path("rows_in_table").asLong()).isBetween(ROWS - 100, ROWS);
        } finally {
            end.complete(null);
            writing.join();
        }
    }

    @Test
    void findsARowThatWasTakenOutOfTheTopic() {
        String run = execute("public.items", "public.big");
        await().atMost(PATIENCE)
                .until(() -> topic(run, "public.items").path("status").asText().equals("completed"));
        takeOutTheFirstRow("source_" + source + ".public.items");
        platform.send("POST", "/sources/stop_incremental_snapshot", Map.of("source_id", source));

        JsonNode proof = awaitProof(run, "public.items");

        assertThat(proof.path("complete").asBoolean()).isFalse();
        assertThat(proof.path("rows_in_table").asLong()).isEqualTo(ROWS);
        assertThat(proof.path("keys_delivered").asLong()).isEqualTo(ROWS - 1);
    }

    private static void write(CompletableFuture<Void> end) {
        try (Connection session = database.connect();
                Statement statement = session.createStatement()) {
            for (long n = 0; !end.isDone(); n++) {
                long id = 1 + n % 50;
                statement.execute("delete from orders where id = " + id);
                statement.execute("insert into orders values (" + id + ", " + n + ", 'again')");
                statement.execute("update orders set v = v + 1 where id = " + (1000 + id));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String execute(String... topics) {
        return platform.send("POST", "/sources/snapshot", Map.of("source_id", source, "topic_names", List.of(topics)))
                .path("snapshot_id")
                .asText();
    }

    private static JsonNode awaitProof(String run, String name) {
        await().atMost(PATIENCE)
                .until(() -> topic(run, name).path("completeness").isObject());
        return topic(run, name).path("completeness");
    }

    private static JsonNode topic(String run, String name) {
        for (JsonNode topic :
                platform.send("GET", "/sources/" + source + "/snapshots/" + run).path("topics")) {
            if (topic.path("topic_name").asText().equals(name)) {
                return topic;
            }
        }
        throw new AssertionError("run " + run + " has no topic " + name);
    }

    /** Writes a tombstone for the key of the first record, as if the row were gone. */
    private static void takeOutTheFirstRow(String topic) {
        Map<String, Object> client = Map.of("bootstrap.servers", platform.kafka());
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(30));
            byte[] key = records.iterator().next().key();
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, key, null));
            producer.flush();
            assertThat(sent.isDone()).isTrue();
        }
    }

    private static Map<String, Object> body() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", server.port());
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.dbname", database.name());
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", "public.orders,public.items,public.big");
        config.put("slot.name", "proof");
        config.put("publication.name", "proof_pub");
        return Map.of("name", "proof", "connector", "postgresql", "config", config);
    }
}
