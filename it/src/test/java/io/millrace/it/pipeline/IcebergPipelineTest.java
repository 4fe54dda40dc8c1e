package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.it.IcebergRows;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.IcebergRestCatalog;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.S3Server;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in tables of a REST catalogue; nothing of Hadoop is in the process, as nothing is when the platform runs. */
class IcebergPipelineTest {
    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static S3Server store;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        store = S3Server.start();
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        store.close();
        server.close();
    }

    @Test
    void holdsTheSameRowsAsItsSource() {
        String bucket = store.createBucket();
        try (IcebergRestCatalog catalog = IcebergRestCatalog.start(store, bucket, true)) {
            PostgresDatabase from = server.createDatabase();
            from.execute(
                    "CREATE TABLE goods (id bigint PRIMARY KEY, name text, story text, price numeric(10,2), ratio double precision,"
                            + " born date, at timestamp, seen timestamptz, day_time time, ref uuid, facts jsonb, counts bigint[],"
                            + " raw bytea, flag boolean)",
                    "ALTER TABLE goods ALTER COLUMN story SET STORAGE EXTERNAL",
                    "INSERT INTO goods SELECT n, 'good ' || n || ' \u00e9\ud83d\ude00', repeat('story ' || n, 1000), n / 7.0, n / 3.0,"
                            + " '1500-03-01'::date + n, '1969-12-31 23:59:59.999999'::timestamp + n * interval '1 hour',"
                            + " '2026-01-01 00:00:00.5+02'::timestamptz, '23:59:59.999999', gen_random_uuid(),"
                            + " jsonb_build_object('n', n), ARRAY[n, NULL]::bigint[], decode(md5(n::text), 'hex'), n % 2 = 0"
                            + " FROM generate_series(1, 1000) n");
            String source = linked.source("lake_goods", from, "public.goods");
            String destination = linked.destination("lakehouse", "iceberg", config(catalog));
            linked.pipeline(source, destination, "iceberg", "public.goods");
            linked.snapshot(source, "public.goods");
            await().atMost(Linked.PATIENCE).until(() -> catalog.has("shop", "goods"));
            from.execute(
                    "UPDATE goods SET name = 'changed' WHERE id % 10 = 0",
                    "DELETE FROM goods WHERE id % 100 = 1",
                    "ALTER TABLE goods ADD COLUMN extra integer",
                    "INSERT INTO goods (id, extra) VALUES (5000, 7)");
            await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(
                            catalog.table("shop", "goods").schema().findField("extra"))
                    .isNotNull());

            linked.awaitTaken(destination, "source_" + source + ".public.goods");
            assertThat(linked.refusals(destination)).isEmpty();
            assertThat(new IcebergRows(catalog)
                            .query("shop", "goods", "SELECT " + columns("lower(hex(raw))") + " FROM goods ORDER BY id"))
                    .isEqualTo(from.query("SELECT " + columns("encode(raw, 'hex')") + " FROM goods ORDER BY id"));
        }
    }

    private static Map<String, Object> config(IcebergRestCatalog catalog) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("iceberg.catalog.uri", catalog.uri());
        config.put("iceberg.catalog.auth.mode", "oauth2");
        config.put("iceberg.catalog.credential", IcebergRestCatalog.CREDENTIAL);
        config.put("iceberg.catalog.warehouse", "lake");
        config.put("table.name.prefix", "shop");
        config.put("insert.mode.user.defined", "upsert");
        config.put("iceberg.commit.interval.ms", 1000);
        return config;
    }

    private static String columns(String raw) {
        return "id, name, md5(story), price::text, (ratio * 1000000)::bigint::text, born::text, \"at\"::text,"
                + " (seen AT TIME ZONE 'UTC')::text, day_time::text, ref::text, facts::text,"
                + " array_to_string(counts, ';'), " + raw + ", flag::text, extra";
    }
}
