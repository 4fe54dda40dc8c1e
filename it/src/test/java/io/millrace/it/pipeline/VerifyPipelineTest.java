package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
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

/** Source and destination, compared by calls of the API. */
class VerifyPipelineTest {
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

    @Test
    void findsTheSameValuesInPostgresqlInMariadbAndInDuckDb() {
        PostgresDatabase from = server.createDatabase();
        from.execute(
                """
                CREATE TABLE kinds (id bigint PRIMARY KEY, small smallint, ok boolean, price numeric(20,4), f real,
                    d double precision, name varchar(40), note text, raw bytea, day date, at timestamp, moment timestamptz,
                    clock time, u uuid, doc jsonb, words text[], numbers numeric(10,2)[])""",
                """
                INSERT INTO kinds SELECT n, n % 100, n % 2 = 0, n / 16.0, n / 10.0, n / 3.0, 'name ' || n,
                    E'tab\\t' || chr(128512), decode(md5(n::text), 'hex'), date '2026-01-01' + n,
                    timestamp '1969-12-31 23:59:59.999999' + n * interval '1 s',
                    timestamptz '2026-07-01 12:00:00.5+02' + n * interval '1 ms', time '00:00' + n * interval '1 s',
                    md5(n::text)::uuid, jsonb_build_object('b', n, 'a', array[n, 1.50]),
                    array['a', NULL, 'b,"c"'], array[n, NULL, 1.10] FROM generate_series(1, 500) n""",
                "INSERT INTO kinds (id) VALUES (0)");
        String source = linked.source("kinds", from, "public.kinds");
        String postgresql = linked.destination("kinds", "postgresql", Linked.postgresql(server.createDatabase()));
        String mysql = linked.destination("kinds in mariadb", "mysql", Linked.mysql(mariadb.createDatabase()));
        String duckDb = linked.destination("kinds in duckdb", "duckdb", duckDb("kinds"));
        List<String> pipelines = List.of(
                linked.pipeline(source, postgresql, "postgresql", "public.kinds"),
                linked.pipeline(source, mysql, "mysql", "public.kinds"),
                linked.pipeline(source, duckDb, "duckdb", "public.kinds"));
        linked.snapshot(source, "public.kinds");

        for (String pipeline : pipelines) {
            awaitRows(pipeline, 501);
            JsonNode report = verify(pipeline, Map.of("settle_ms", 0));
            assertThat(report.at("/topics/0/differences")).as(report.toString()).isEmpty();
            assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
            assertThat(report.at("/topics/0/columns_left_out"))
                    .as(report.toString())
                    .isEmpty();
        }
    }

    @Test
    void namesExactlyWhatSomebodyChangedAtTheDestination() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute(
                "CREATE TABLE t (a text, b int, note text, PRIMARY KEY (a, b))",
                "INSERT INTO t SELECT chr(97 + n % 26), n, 'note ' || n FROM generate_series(1, 3000) n");
        String source = linked.source("tampered", from, "public.t");
        String destination = linked.destination("tampered", "postgresql", Linked.postgresql(to));
        String pipeline = linked.pipeline(source, destination, "postgresql", "public.t");
        linked.snapshot(source, "public.t");
        awaitRows(pipeline, 3000);
        to.execute(
                "UPDATE copy.t SET note = 'x' WHERE b = 26",
                "DELETE FROM copy.t WHERE b = 27",
                "INSERT INTO copy.t (a, b) VALUES ('zz', 5)");

        JsonNode report = verify(pipeline, Map.of("settle_ms", 10, "range_rows", 1000));

        JsonNode topic = report.at("/topics/0");
        assertThat(report.path("status").asText()).isEqualTo("completed");
        assertThat(report.path("ok").asBoolean(true)).isFalse();
        assertThat(topic.path("ranges_compared").asInt()).isEqualTo(3);
        assertThat(topic.path("ranges_different").asInt()).isEqualTo(2);
        assertThat(topic.path("differences"))
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        "{\"key\":{\"a\":\"a\",\"b\":26},\"kind\":\"different\",\"columns\":[\"note\"]}",
                        "{\"key\":{\"a\":\"b\",\"b\":27},\"kind\":\"missing\",\"columns\":[]}",
                        "{\"key\":{\"a\":\"zz\",\"b\":5},\"kind\":\"extra\",\"columns\":[]}");
        assertThat(platform.send("GET", "/pipelines/" + pipeline + "/verify")).isEqualTo(report);
    }

    @Test
    void findsATableEqualThatIsWrittenTwoHundredTimesInASecond() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute(
                "CREATE TABLE busy (id int PRIMARY KEY, n int)",
                "INSERT INTO busy SELECT n, 0 FROM generate_series(1, 2000) n");
        String source = linked.source("busy", from, "public.busy");
        String destination = linked.destination("busy", "postgresql", Linked.postgresql(to));
        String pipeline = linked.pipeline(source, destination, "postgresql", "public.busy");
        linked.snapshot(source, "public.busy");
        awaitRows(pipeline, 2000);
        AtomicInteger written = new AtomicInteger();
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> writing = writer.scheduleAtFixedRate(
                    () -> write(from, written.getAndIncrement()), 0, 50, TimeUnit.MILLISECONDS);
            await().until(() -> written.get() > 5);
            int verified = 0;
            while (verified < 2 || written.get() <= 20) {
                JsonNode report = verify(pipeline, Map.of("settle_ms", 2000, "range_rows", 1000));
                assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
                verified++;
            }
            assertThat(writing).isNotDone();
        } finally {
            writer.shutdownNow();
        }
    }

    /** Ten changes: rows that come and go, rows that change once, and one that changes all the time. */
    private static void write(PostgresDatabase from, int turn) {
        from.execute(
                "UPDATE busy SET n = n + 1 WHERE id = 1",
                "UPDATE busy SET n = n + 1 WHERE id BETWEEN 2 + " + turn * 4 % 1900 + " AND 5 + " + turn * 4 % 1900,
                "INSERT INTO busy SELECT n, 0 FROM generate_series(10000 + " + turn * 3 + ", 10002 + " + turn * 3
                        + ") n",
                "DELETE FROM busy WHERE id BETWEEN 10000 AND " + (10000 + turn * 3 - 20));
    }

    private static void awaitRows(String pipeline, long rows) {
        await().atMost(Linked.PATIENCE).untilAsserted(() -> {
            JsonNode report = verify(pipeline, Map.of("mode", "counts", "settle_ms", 0, "max_differences", 0));
            assertThat(report.at("/topics/0/rows_destination").asLong(-1))
                    .as(report.toString())
                    .isEqualTo(rows);
        });
    }

    private static JsonNode verify(String pipeline, Map<String, Object> request) {
        return platform.send("POST", "/pipelines/" + pipeline + "/verify?wait=true", new HashMap<>(request));
    }

    private static Map<String, Object> duckDb(String database) {
        return Map.of("duckdb.database", database, "table.name.prefix", database, "hard.delete", true);
    }
}
