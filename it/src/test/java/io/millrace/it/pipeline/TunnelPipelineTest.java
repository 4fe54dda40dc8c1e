package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.SshServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source and a destination, each behind an SSH server of its own. */
class TunnelPipelineTest {
    private static final String PUBLIC_KEY = "ssh.public.key.user.displayed";

    @TempDir
    private Path data;

    private final PostgresServer server = PostgresServer.start(16);
    private final SshServer bySource = SshServer.start();
    private final SshServer byDestination = SshServer.start();
    private RunningPlatform platform;
    private Linked linked;

    @BeforeEach
    void start() {
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterEach
    void stop() {
        platform.close();
        byDestination.close();
        bySource.close();
        server.close();
    }

    @Test
    void losesNothingWhenTheServersOnTheWayAreKilledInTheMiddle() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text)",
                "INSERT INTO orders SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 60000) n");
        Map<String, Object> captured = tunnelled(Linked.captured("behind", from, "public.orders"), bySource);
        Map<String, Object> written = tunnelled(Linked.postgresql(to), byDestination);
        String source = saved("/sources", "behind", captured);
        String destination = saved("/destinations", "behind too", written);
        authorize("/sources/" + source, bySource);
        authorize("/destinations/" + destination, byDestination);
        awaitState("/sources/" + source, "Active");
        awaitState("/destinations/" + destination, "Active");
        String pipeline = linked.pipeline(source, destination, "postgresql", "public.orders");

        String run = platform.send("POST", "/sources/snapshot", Map.of("source_id", source))
                .path("snapshot_id")
                .asText();
        await().atMost(Linked.PATIENCE)
                .until(() -> run(source, run).path("rows_read").asLong() > 0);
        bySource.kill();
        byDestination.kill();
        assertThat(awaitState("/sources/" + source, "Broken")).contains("SSH server", "127.0.0.1:" + bySource.port());
        assertThat(awaitState("/destinations/" + destination, "Broken")).contains("SSH server");
        from.execute(
                "UPDATE orders SET note = 'changed meanwhile' WHERE id % 3 = 0", "DELETE FROM orders WHERE id % 7 = 0");
        bySource.restart();
        byDestination.restart();

        awaitState("/sources/" + source, "Active");
        awaitState("/destinations/" + destination, "Active");
        await().atMost(Linked.PATIENCE)
                .untilAsserted(() ->
                        assertThat(run(source, run).path("status").asText()).isEqualTo("completed"));
        from.execute("INSERT INTO orders VALUES (100000, 'after all')");
        awaitEqual(from, to);
        assertThat(platform.send("POST", "/pipelines/" + pipeline + "/verify?wait=true", Map.of("settle_ms", 10))
                        .path("ok")
                        .asText())
                .isEqualTo("true");
        from.execute("INSERT INTO orders VALUES (100001, 'before the restart')");
        platform.close();
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
        from.execute("INSERT INTO orders VALUES (100002, 'after the restart')");
        awaitEqual(from, to);
        assertThat(awaitState("/sources/" + source, "Active")).isEmpty();

        platform.send("DELETE", "/pipelines/" + pipeline);
        platform.send("DELETE", "/sources/" + source);
        assertThat(from.query("SELECT slot_name FROM pg_replication_slots")).isEmpty();
    }

    @Test
    void triesAConfigurationThroughItsTunnel() {
        PostgresDatabase from = server.createDatabase();
        from.execute("CREATE TABLE orders (id bigint PRIMARY KEY)");
        Map<String, Object> config = tunnelled(Linked.captured("tried", from, "public.orders"), bySource);
        JsonNode unsaved = platform.send(
                "POST", "/sources/validate", Map.of("connector", "postgresql", "name", "tried", "config", config));
        String source = saved("/sources", "tried", config);
        Map<String, Object> again = Map.of("connector", "postgresql", "id", source, "config", config);

        JsonNode locked = platform.send("POST", "/sources/validate", again);
        authorize("/sources/" + source, bySource);
        JsonNode open = platform.send("POST", "/sources/validate", again);

        assertThat(check(unsaved).path("message").asText()).startsWith("There is no key yet");
        assertThat(check(locked).path("hint").asText()).contains("authorized_keys: ecdsa-sha2-nistp256 ");
        assertThat(check(open).path("ok").asBoolean()).as(open.toString()).isTrue();
        assertThat(open.path("ok").asBoolean()).as(open.toString()).isTrue();
        assertThat(open.path("server_version").asText()).startsWith("16");
    }

    private static JsonNode check(JsonNode validation) {
        for (JsonNode check : validation.path("checks")) {
            if (check.path("check").asText().equals("ssh_tunnel")) {
                return check;
            }
        }
        throw new AssertionError(validation.toString());
    }

    private static Map<String, Object> tunnelled(Map<String, Object> direct, SshServer ssh) {
        Map<String, Object> config = new LinkedHashMap<>(direct);
        config.put("ssh.enabled", true);
        config.put("ssh.host", "127.0.0.1");
        config.put("ssh.port", ssh.port());
        config.put("ssh.user", SshServer.user());
        return config;
    }

    /** Saves one that nobody lets in yet, and says so. */
    private String saved(String path, String name, Map<String, Object> config) {
        JsonNode made = platform.send("POST", path, Map.of("name", name, "connector", "postgresql", "config", config));
        assertThat(made.path("connector_status_reason").asText())
                .as(made.toString())
                .contains(made.at("/config/" + PUBLIC_KEY).asText());
        return Linked.id(made);
    }

    private void authorize(String path, SshServer ssh) {
        ssh.authorize(read(path).at("/config/" + PUBLIC_KEY).asText());
    }

    private JsonNode read(String path) {
        return platform.send("GET", path).at("/result/0");
    }

    private JsonNode run(String source, String run) {
        return platform.send("GET", "/sources/" + source + "/snapshots/" + run);
    }

    /** Returns the reason once a connector is in a state. */
    private String awaitState(String path, String state) {
        await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(
                        read(path).path("connector_status").asText())
                .as(() -> read(path).toString())
                .isEqualTo(state));
        return read(path).path("connector_status_reason").asText("").replace("null", "");
    }

    private static void awaitEqual(PostgresDatabase from, PostgresDatabase to) {
        String sum = "SELECT count(*), sum(hashtext(id || ':' || note)::bigint) FROM ";
        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            List<List<String>> copied = to.query(sum + "copy.orders");
            assertThat(copied).isEqualTo(from.query(sum + "orders"));
        });
    }
}
