package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destinations that somebody changed by hand, made equal to their sources again by calls of the API. */
class RepairPipelineTest {
    private static final String[] DAMAGE = {
        "UPDATE copy.goods SET note = 'x' WHERE n BETWEEN 20 AND 24",
        "DELETE FROM copy.goods WHERE n BETWEEN 30 AND 36",
        "INSERT INTO copy.goods (k, n) VALUES ('it''s \"?\\', 999999), ('b', 999998)"
    };

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static MariaDbServer mariadb;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        mariadb = MariaDbServer.start();
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        mariadb.close();
        server.close();
    }

    /** What somebody does to a destination. */
    private interface Damage {
        void happen() throws SQLException;
    }

    @Test
    void makesDestinationsEqualWhileTheirSourceIsWritten() throws Exception {
        PostgresDatabase from = goods();
        PostgresDatabase postgres = server.createDatabase();
        MariaDbDatabase maria = mariadb.createDatabase();
        String source = linked.source("repaired", from, "public.goods");
        String toPostgres = linked.destination("repaired", "postgresql", Linked.postgresql(postgres));
        String toMaria = linked.destination("repaired in mariadb", "mysql", Linked.mysql(maria));
        String toDuckDb = linked.destination(
                "repaired in duckdb",
                "duckdb",
                Map.of("duckdb.database", "repaired", "table.name.prefix", "copy", "hard.delete", true));
        List<String> pipelines = List.of(
                linked.pipeline(source, toPostgres, "postgresql", "public.goods"),
                linked.pipeline(source, toMaria, "mysql", "public.goods"),
                linked.pipeline(source, toDuckDb, "duckdb", "public.goods"));
        linked.snapshot(source, "public.goods");
        for (String pipeline : pipelines) {
            awaitEqual(pipeline);
        }
        AtomicInteger written = new AtomicInteger();
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> writing = writer.scheduleAtFixedRate(
                    () -> write(from, written.getAndIncrement()), 0, 50, TimeUnit.MILLISECONDS);
            List<Damage> damages = List.of(
                    () -> postgres.execute(DAMAGE),
                    () -> {
                        for (String statement : DAMAGE) {
                            maria.execute(statement.replace("copy.", "").replace("\\", "\\\\"));
                        }
                    },
                    () -> damageDuckDb(toDuckDb));
            for (String pipeline : pipelines) {
                // One after the other: the snapshot of a repair goes to all destinations.
                damages.get(pipelines.indexOf(pipeline)).happen();
                JsonNode found = verify(pipeline, 2000);
                assertThat(found.at("/topics/0/differences"))
                        .as(found.toString())
                        .hasSize(5 + 7 + 2);

                JsonNode repair = repair(pipeline, Map.of());

                assertThat(repair.path("status").asText()).as(repair.toString()).isEqualTo("completed");
                assertThat(repair.at("/topics/0/rows_deleted").asLong())
                        .as(repair.toString())
                        .isEqualTo(2);
                assertThat(repair.at("/topics/0/keys").asInt())
                        .as(repair.toString())
                        .isEqualTo(14);
                assertThat(repair.at("/snapshot/status").asText())
                        .as(repair.toString())
                        .isEqualTo("completed");
                JsonNode after = verify(pipeline, 2000);
                assertThat(after.path("ok").asBoolean()).as(after.toString()).isTrue();
            }
            assertThat(writing).isNotDone();
            assertThat(written.get()).isGreaterThan(20);
        } finally {
            writer.shutdownNow();
        }
        pipelines.forEach(RepairPipelineTest::awaitEqual);
    }

    @Test
    void repairsOnlyWhatTheSourceHasNotAndThenWholeRanges() {
        PostgresDatabase from = goods();
        PostgresDatabase to = server.createDatabase();
        String source = linked.source("ranges", from, "public.goods");
        String destination = linked.destination("ranges", "postgresql", Linked.postgresql(to));
        String pipeline = linked.pipeline(source, destination, "postgresql", "public.goods");
        linked.snapshot(source, "public.goods");
        awaitEqual(pipeline);
        to.execute(
                "DELETE FROM copy.goods WHERE n <= 1000",
                "INSERT INTO copy.goods (k, n) SELECT 'b', n FROM generate_series(500001, 500300) n");
        verify(pipeline, 0);

        JsonNode some = repair(pipeline, Map.of("deletes_only", true));
        assertThat(some.at("/topics/0/rows_deleted").asLong())
                .as(some.toString())
                .isEqualTo(300);
        JsonNode left = verify(pipeline, 0);
        to.execute("INSERT INTO copy.goods (k, n) SELECT 'b', n FROM generate_series(500001, 500300) n");
        verify(pipeline, 0);
        JsonNode all = repair(pipeline, Map.of("topics", List.of("public.goods")));

        assertThat(some.at("/topics/0/rows_deleted").asLong())
                .as(some.toString())
                .isGreaterThan(0);
        assertThat(some.at("/topics/0/ranges").asInt()).isZero();
        assertThat(left.at("/topics/0/rows_source").asLong()).isEqualTo(3000);
        assertThat(left.at("/topics/0/rows_destination").asLong()).isEqualTo(2000);
        assertThat(all.path("status").asText()).as(all.toString()).isEqualTo("completed");
        assertThat(all.at("/topics/0/ranges").asInt()).as(all.toString()).isEqualTo(1);
        assertThat(all.at("/topics/0/rows_deleted").asLong()).as(all.toString()).isEqualTo(300);
        awaitEqual(pipeline);
        assertThat(platform.send("GET", "/pipelines/" + pipeline + "/verify").path("repair"))
                .isNotNull();
    }

    @Test
    void repairsFromMariadb() {
        MariaDbDatabase from = mariadb.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute(
                "CREATE TABLE goods (k varchar(40), n int, note text, PRIMARY KEY (k, n)) CHARACTER SET utf8mb4",
                "INSERT INTO goods SELECT concat('it''s \"?\\\\', seq % 7), seq, 'a' FROM seq_1_to_1000");
        String source = Linked.id(platform.send(
                "POST", "/sources", Map.of("name", "maria", "connector", "mariadb", "config", captured(from))));
        String topic = from.name() + ".goods";
        String destination = linked.destination("from maria", "postgresql", Linked.postgresql(to));
        String pipeline = Linked.id(platform.send(
                "POST",
                "/pipelines",
                Map.of(
                        "name", "from maria",
                        "source", Map.of("id", source, "name", "m", "connector", "mariadb", "topics", List.of(topic)),
                        "destination", Map.of("id", destination, "name", "d", "connector", "postgresql"))));
        linked.snapshot(source, topic);
        awaitEqual(pipeline);
        to.execute(
                "UPDATE copy.goods SET note = 'x' WHERE n < 5",
                "DELETE FROM copy.goods WHERE n BETWEEN 20 AND 30",
                "INSERT INTO copy.goods (k, n) VALUES ('ghost', 1)");
        assertThat(verify(pipeline, 0).at("/topics/0/differences")).hasSize(4 + 11 + 1);

        JsonNode repair = repair(pipeline, Map.of());

        assertThat(repair.path("status").asText()).as(repair.toString()).isEqualTo("completed");
        assertThat(repair.at("/topics/0/rows_deleted").asLong()).isEqualTo(1);
        awaitEqual(pipeline);
    }

    private static PostgresDatabase goods() {
        PostgresDatabase from = server.createDatabase();
        from.execute(
                "CREATE TABLE goods (k varchar(40), n int, note text, PRIMARY KEY (k, n))",
                "INSERT INTO goods SELECT E'it''s \"?\\\\' || n % 7, n, 'a' FROM generate_series(1, 3000) n");
        return from;
    }

    /** Rows that come, change and go, those that somebody damaged among them at times. */
    private static void write(PostgresDatabase from, int turn) {
        from.execute(
                "UPDATE goods SET note = note || 'b' WHERE n BETWEEN 100 + " + turn % 1000 + " AND 103 + "
                        + turn % 1000,
                "INSERT INTO goods SELECT 'new', n, 'c' FROM generate_series(" + (10_000 + turn * 3) + ", "
                        + (10_002 + turn * 3) + ") n",
                "DELETE FROM goods WHERE n BETWEEN 10000 AND " + (10_000 + turn * 3 - 30));
    }

    private static void damageDuckDb(String destination) throws SQLException {
        platform.send("POST", "/destinations/" + destination + "/actions/stop");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:duckdb:" + data.resolve("duckdb/repaired.duckdb"));
                Statement statement = connection.createStatement()) {
            for (String damage : DAMAGE) {
                statement.execute(damage);
            }
        }
        platform.send("POST", "/destinations/" + destination + "/actions/resume");
    }

    private static void awaitEqual(String pipeline) {
        await().atMost(Linked.PATIENCE).untilAsserted(() -> {
            JsonNode report = verify(pipeline, 0);
            assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        });
    }

    private static JsonNode verify(String pipeline, int settleMs) {
        return platform.send(
                "POST", "/pipelines/" + pipeline + "/verify?wait=true", new HashMap<>(Map.of("settle_ms", settleMs)));
    }

    private static JsonNode repair(String pipeline, Map<String, Object> request) {
        Map<String, Object> body = new HashMap<>(request);
        body.put("settle_ms", 1000);
        return platform.send("POST", "/pipelines/" + pipeline + "/verify/repair?wait=true", body);
    }

    private static Map<String, Object> captured(MariaDbDatabase database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", database.server().port());
        config.put("database.user", MariaDbServer.USER);
        config.put("database.password", MariaDbServer.PASSWORD);
        config.put("database.ssl.mode", "disable");
        config.put("database.include.list.user.defined", database.name());
        config.put("table.include.list.user.defined", "goods");
        return config;
    }
}
