package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type of PostgreSQL, by snapshot and by stream, read back from each destination. */
class TypesArriveTest {
    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    @Test
    void readBackEqualFromPostgresql() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        PostgresTypes.fill(from);
        String source = linked.source("types", from, "public.every_type");
        String destination = linked.destination("types", "postgresql", Linked.postgresql(to));
        linked.pipeline(source, destination, "postgresql", "public.every_type");
        linked.snapshot(source, "public.every_type");
        PostgresTypes.insertAgain(from);

        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        to.query("SELECT count(*) FROM copy.every_type"))
                .as(() -> linked.refusals(destination) + "\n" + linked.read(destination))
                .isEqualTo(from.query("SELECT count(*) FROM every_type")));
        assertThat(String.join("\n", PostgresTypes.differences(from, to, "copy.every_type")))
                .isEmpty();
    }

    @Test
    void areFoundEqualInDuckDb() {
        PostgresDatabase from = server.createDatabase();
        PostgresTypes.fill(from);
        String source = linked.source("types_of_duckdb", from, "public.every_type");
        String destination = linked.destination("types of duckdb", "duckdb", Map.of("duckdb.database", "types"));
        String pipeline = linked.pipeline(source, destination, "duckdb", "public.every_type");
        linked.snapshot(source, "public.every_type");
        PostgresTypes.insertAgain(from);

        linked.awaitTaken(destination, "source_" + source + ".public.every_type");
        JsonNode report = platform.send("POST", "/pipelines/" + pipeline + "/verify?wait=true", Map.of("settle_ms", 0));

        assertThat(linked.refusals(destination)).isEmpty();
        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.at("/topics/0/columns_left_out"))
                .as(report.toString())
                .isEmpty();
        assertThat(report.at("/topics/0/rows_destination").asLong())
                .as(report.toString())
                .isEqualTo(Long.parseLong(
                        from.query("SELECT count(*) FROM every_type").get(0).get(0)));
    }
}
