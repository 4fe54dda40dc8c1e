package io.millrace.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are gone without a word to either end; it takes the patience of the looks, so it runs in a soak. */
@EnabledIfSystemProperty(named = "millrace.soak", matches = "true")
class SilentNetworkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path data;

    @Test
    void aSourceThatHearsNothingMoreConnectsAnewAndMissesNothing() {
        try (PostgresServer server = PostgresServer.start(17, FreePorts.next(), Map.of("wal_sender_timeout", "2s"));
                TcpProxy network = TcpProxy.to(server.port());
                RunningPlatform platform = RunningPlatform.start(data)) {
            PostgresDatabase database = server.createDatabase();
            database.execute("create table a (id bigint primary key, text text)");
            String source = platform.send("POST", "/sources", body(database, network.port()))
                    .get("id")
                    .textValue();
            await().atMost(PATIENCE).until(() -> state(platform, source).equals("Active"));
            await().atMost(PATIENCE).until(() -> streams(database));

            network.silence(database
                    .query("select client_port from pg_stat_activity where client_port > 0"
                            + " and datname = current_database() and pid <> pg_backend_pid()")
                    .stream()
                    .map(row -> Integer.parseInt(row.get(0)))
                    .toList());
            database.execute("insert into a values (1, 'while nobody listens')");

            await().atMost(PATIENCE).until(() -> !streams(database));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            platform.send("GET", "/topics/source_" + source + ".public.a/messages")
                                    .get("result"))
                    .hasSize(1));
            await().atMost(PATIENCE).until(() -> state(platform, source).equals("Active"));
        }
    }

    private static boolean streams(PostgresDatabase database) {
        return !database.query("select 1 from pg_replication_slots where active")
                .isEmpty();
    }

    private static String state(RunningPlatform platform, String source) {
        JsonNode found = platform.send("GET", "/sources/" + source);
        return found.at("/result/0/connector_status").asText();
    }

    private static Map<String, Object> body(PostgresDatabase database, int port) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", port);
        config.put("database.user", PostgresServer.USER);
        config.put("database.password", PostgresServer.PASSWORD);
        config.put("database.dbname", database.name());
        config.put("database.sslmode", "disable");
        config.put("schema.include.list", "public");
        config.put("table.include.list.user.defined", "public.a");
        config.put("slot.name", "silent");
        config.put("publication.name", "silent_pub");
        return Map.of("name", "silent", "connector", "postgresql", "config", config);
    }
}
