package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbPipelineTest {
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
    void holdsTheSameRowsAsItsSource() {
        PostgresDatabase from = server.createDatabase();
        from.execute(
                "CREATE TABLE goods (id bigint PRIMARY KEY, name text, price numeric(10,2), any_number numeric, ratio double precision,"
                        + " born date, at timestamp, seen timestamptz, day_time time, ref uuid, facts jsonb, tags text[],"
                        + " counts bigint[], raw bytea, flag boolean)",
                "INSERT INTO goods SELECT n, 'good ' || n || ' \u00e9\ud83d\ude00', n / 7.0, n * 1e30, n / 3.0,"
                        + " '1500-03-01'::date + n, '1969-12-31 23:59:59.999999'::timestamp + n * interval '1 hour',"
                        + " '2026-01-01 00:00:00.5+02'::timestamptz, '24:00', gen_random_uuid(),"
                        + " jsonb_build_object('n', n), ARRAY['a,b', NULL, 'c' || n], ARRAY[n, NULL]::bigint[],"
                        + " decode(md5(n::text), 'hex'), n % 2 = 0 FROM generate_series(1, 1000) n",
                "INSERT INTO goods (id, ratio, born, at, seen) VALUES (0, 'NaN', 'infinity', '-infinity', 'infinity')");
        String source = linked.source("goods", from, "public.goods");
        String destination = linked.destination(
                "warehouse",
                "duckdb",
                Map.of("duckdb.database", "shop", "table.name.prefix", "shop", "hard.delete", true));
        linked.pipeline(source, destination, "duckdb", "public.goods");
        linked.snapshot(source, "public.goods");
        from.execute(
                "UPDATE goods SET name = 'changed' WHERE id % 10 = 0",
                "DELETE FROM goods WHERE id % 100 = 1",
                "ALTER TABLE goods ADD COLUMN extra integer",
                "INSERT INTO goods (id, extra) VALUES (5000, 7)");

        linked.awaitTaken(destination, "source_" + source + ".public.goods");
        platform.send("POST", "/destinations/" + destination + "/actions/stop");

        assertThat(linked.refusals(destination)).isEmpty();
        assertThat(read(data.resolve("duckdb/shop.duckdb"), rows("shop.shop.goods", "lower(hex(raw))")))
                .isEqualTo(from.query(rows("goods", "encode(raw, 'hex')")));
    }

    @Test
    void tellsWhatFlowedHowFastAndHowFarBehind() {
        PostgresDatabase from = server.createDatabase();
        from.execute(
                "CREATE TABLE measured (id bigint PRIMARY KEY, n int)",
                "INSERT INTO measured SELECT n, 0 FROM generate_series(1, 1000) n");
        String source = linked.source("measured", from, "public.measured");
        String destination = linked.destination("measured", "duckdb", Map.of("duckdb.database", "measured"));
        String pipeline = linked.pipeline(source, destination, "duckdb", "public.measured");
        linked.snapshot(source, "public.measured");
        from.execute(
                "UPDATE measured SET n = 1 WHERE id <= 30",
                "DELETE FROM measured WHERE id <= 20",
                "INSERT INTO measured SELECT n, 0 FROM generate_series(2001, 2010) n");
        linked.awaitTaken(destination, "source_" + source + ".public.measured");

        // 30 updates, 10 inserts, and for each of 20 deletes the change and a tombstone, which no sink need look at
        await().atMost(Linked.PATIENCE)
                .untilAsserted(() -> assertThat(figure("/destinations/" + destination, "recordsConsumedTotal"))
                        .isEqualTo(1080));
        assertThat(figure("/sources/" + source, "recordSendTotal")).isEqualTo(1080);
        assertThat(figure("/sources/" + source, "byteTotal")).isGreaterThan(1000);
        assertThat(figure("/sources/" + source, "SnapshotTotalNumberOfEventsSeen"))
                .isEqualTo(1000);
        assertThat(figure("/sources/" + source, "SnapshotCompleted")).isEqualTo(1);
        assertThat(figure("/sources/" + source, "StreamingTotalNumberOfCreateEventsSeen"))
                .isEqualTo(10);
        assertThat(figure("/sources/" + source, "StreamingTotalNumberOfUpdateEventsSeen"))
                .isEqualTo(30);
        assertThat(figure("/sources/" + source, "StreamingTotalNumberOfDeleteEventsSeen"))
                .isEqualTo(20);
        assertThat(figure("/sources/" + source, "StreamingConnected")).isEqualTo(1);
        assertThat(figure("/destinations/" + destination, "latencyP99")).isPositive();
        await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(figure("/sources/" + source, "retainedLogBytes"))
                .isPositive());
        await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(figure("/pipelines/" + pipeline, "recordsLag"))
                .isZero());
        JsonNode many = platform.send("GET", "/pipelines/metrics?ids=" + pipeline);
        assertThat(many.at("/connector_metrics/" + pipeline + "/recordsTotal").asInt())
                .isEqualTo(1080);
        assertThat(many.at("/connector_metrics/" + pipeline + "/status").asText())
                .isEqualTo("Active");
    }

    private static double figure(String of, String name) {
        return platform.send("GET", of + "/metrics").at("/data/" + name).asDouble(-1);
    }

    private static String rows(String table, String raw) {
        return "SELECT id, name, price::text, any_number::text,"
                + " CASE WHEN ratio = 'NaN'::double precision THEN 'NaN' ELSE (ratio * 1000000)::bigint::text END, born::text, \"at\"::text, (seen AT TIME ZONE 'UTC')::text,"
                + " day_time::text, ref::text, facts::text, array_to_string(tags, ';'), array_to_string(counts, ';'), "
                + raw + ", flag::text, extra FROM " + table + " ORDER BY id";
    }

    private static List<List<String>> read(Path file, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
