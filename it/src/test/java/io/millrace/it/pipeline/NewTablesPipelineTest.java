package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that join a pipeline bring what they held before. */
class NewTablesPipelineTest {
    private static final int ORDERS = 700;
    private static final int LINES = 300;

    @TempDir
    private Path data;

    @Test
    void snapshotsWhatEachCallAddsAndSaysWhatCannotBe() {
        PostgresDatabase from = PostgresServer.shared(18).createDatabase();
        PostgresDatabase to = PostgresServer.shared(18).createDatabase();
        from.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, note text)",
                "INSERT INTO orders SELECT i, 'old' FROM generate_series(1, " + ORDERS + ") AS i",
                "CREATE TABLE lines (id int PRIMARY KEY)",
                "INSERT INTO lines SELECT i FROM generate_series(1, " + LINES + ") AS i",
                "CREATE TABLE keyless (id int)",
                "ALTER TABLE keyless REPLICA IDENTITY FULL",
                "INSERT INTO keyless VALUES (1)");
        try (RunningPlatform platform = RunningPlatform.start(data)) {
            Linked linked = new Linked(platform);
            String source = linked.source("joining", from, "public.orders", "public.lines", "public.keyless");
            String destination = linked.destination("joined", "postgresql", Linked.postgresql(to));
            Map<String, Object> body = pipeline(source, destination, List.of("public.orders", "public.keyless"));
            String pipeline = Linked.id(platform.send("POST", "/pipelines", body));

            awaitCount(to, "orders", ORDERS);
            await().atMost(Linked.PATIENCE)
                    .untilAsserted(() -> assertThat(platform.send("GET", "/pipelines/" + pipeline)
                                    .at("/result/0/status_reason")
                                    .asText())
                            .startsWith("Topic 'public.keyless' cannot be snapshotted yet: ")
                            .contains("neither a primary key nor a unique index"));

            body.put(
                    "source",
                    Map.of(
                            "id",
                            source,
                            "name",
                            "s",
                            "connector",
                            "postgresql",
                            "topics",
                            List.of("public.orders", "public.lines")));
            platform.send("PUT", "/pipelines/" + pipeline, body);

            awaitCount(to, "lines", LINES);
            List<JsonNode> runs = List.copyOf(
                    platform.send("GET", "/sources/" + source + "/snapshots").findValues("topics"));
            assertThat(runs)
                    .extracting(topics -> topics.findValuesAsText("topic_name"))
                    .containsExactly(List.of("public.lines"), List.of("public.orders"));
            assertThat(platform.send("GET", "/pipelines/" + pipeline)
                            .at("/result/0/status_reason")
                            .isNull())
                    .as("the table that cannot be read is no part of the pipeline any more")
                    .isTrue();
        }
    }

    private static Map<String, Object> pipeline(String source, String destination, List<String> topics) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "joining");
        body.put("snapshot_new_tables", true);
        body.put("source", Map.of("id", source, "name", "s", "connector", "postgresql", "topics", topics));
        body.put("destination", Map.of("id", destination, "name", "d", "connector", "postgresql"));
        return body;
    }

    private static void awaitCount(PostgresDatabase to, String table, int rows) {
        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        to.query("SELECT count(*) FROM copy." + table))
                .hasToString("[[" + rows + "]]"));
    }
}
