package io.millrace.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.SmallDisk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A snapshot that would fill the disk of the data folder, on a real disk. */
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long MIN_FREE = 64L << 20;
    private static final long LEFT_BEFORE_SHORT = 4L << 20;
    private static final int ROWS = 120_000;

    @Test
    void sourcesRestBeforeTheDiskIsFullAndGoOnWhenThereIsRoom() {
        Optional<SmallDisk> mounted = SmallDisk.mount(320);
        Assumptions.assumeTrue(mounted.isPresent(), "only root may mount a disk");
        try (SmallDisk disk = mounted.orElseThrow();
                RunningPlatform platform = RunningPlatform.start(disk.root().resolve("data"), MIN_FREE)) {
            PostgresDatabase database = PostgresServer.shared(16).createDatabase();
            database.execute(
                    "create table small (id bigint primary key, text text)",
                    "create table big (id bigint primary key, text text)",
                    "insert into big select n, (select string_agg(md5(n::text || i), '') from generate_series(1, 10) i)"
                            + " from generate_series(1, " + ROWS + ") n");
            String source =
                    platform.send("POST", "/sources", body(database)).get("id").textValue();
            awaitState(platform, source, "Active");

            disk.fill(MIN_FREE + LEFT_BEFORE_SHORT);
            String run = platform.send(
                            "POST",
                            "/sources/snapshot",
                            Map.of(
                                    "source_id",
                                    source,
                                    "topic_names",
                                    List.of("public.big"),
                                    "max_bytes_per_second",
                                    16 << 20))
                    .get("snapshot_id")
                    .textValue();

            awaitState(platform, source, "Paused");
            JsonNode paused = shown(platform, source);
            assertThat(paused.get("connector_status_reason").asText()).contains("64 MiB are to stay free");
            assertThat(paused.get("desired_state").asText()).isEqualTo("Active");
            database.execute("insert into small values (1, 'while there is no room')");
            assertThat(platform.send("POST", "/sources/" + source + "/actions/resume")
                            .get("connector_status")
                            .asText())
                    .isEqualTo("Paused");
            assertThat(status(platform, source, run)).isNotEqualTo("completed");
            assertThat(disk.freeBytes()).isGreaterThan(MIN_FREE / 2);

            disk.clear();

            awaitState(platform, source, "Active");
            await().atMost(PATIENCE).until(() -> status(platform, source, run).equals("completed"));
            JsonNode topic = platform.send("GET", "/sources/" + source + "/snapshots/" + run)
                    .at("/topics/0");
            assertThat(topic.get("rows_read").asInt()).isEqualTo(ROWS);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            platform.send("GET", "/topics/source_" + source + ".public.small/messages")
                                    .get("result"))
                    .hasSize(1));
        }
    }

    private static void awaitState(RunningPlatform platform, String source, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shown(platform, source).get("connector_status").asText())
                .isEqualTo(state));
    }

    private static JsonNode shown(RunningPlatform platform, String source) {
        return platform.send("GET", "/sources/" + source).at("/result/0");
    }

    private static String status(RunningPlatform platform, String source, String run) {
        return platform.send("GET", "/sources/" + source + "/snapshots/" + run)
                .path("status")
                .asText();
    }

    private static Map<String, Object> body(PostgresDatabase database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", database.server().port());
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.dbname", database.name());
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", "public.small,public.big");
        config.put("slot.name", "disk");
        config.put("publication.name", "disk_pub");
        return Map.of("name", "disk", "connector", "postgresql", "config", config);
    }
}
