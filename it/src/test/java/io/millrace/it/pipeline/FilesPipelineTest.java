package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesPipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer database;
    private static S3Server store;

    @BeforeAll
    static void start() {
        database = PostgresServer.start(16);
        store = S3Server.start();
        platform = RunningPlatform.start(data);
    }

    @AfterAll
    static void stop() {
        platform.close();
        store.close();
        database.close();
    }

    @Test
    void putsRowsIntoFilesOnceTheSecretIsRight() {
        Linked linked = new Linked(platform);
        PostgresDatabase shop = database.createDatabase();
        shop.execute("CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(10,2), at timestamptz)");
        String source = linked.source("to_files", shop, "public.orders");
        String bucket = store.createBucket();
        String destination = linked.destination("lake", "s3", config(bucket, "wrong"));
        linked.pipeline(source, destination, "s3", "public.orders");
        shop.execute(
                "INSERT INTO orders SELECT n, n / 4.0, '2026-01-01 00:00:00.000001+00' FROM generate_series(1, 20) n",
                "DELETE FROM orders WHERE id = 7");

        assertThat(linked.awaitState(destination, "Broken")
                        .path("connector_status_reason")
                        .asText())
                .contains("The secret does not belong to the access key");
        platform.send(
                "PUT",
                "/destinations/" + destination,
                Map.of("name", "lake", "connector", "s3", "config", config(bucket, S3Server.SECRET)));
        linked.awaitState(destination, "Active");

        await().atMost(Linked.PATIENCE)
                .untilAsserted(() -> assertThat(rows(bucket)).hasSize(21));
        assertThat(store.objects(bucket)).allMatch(name -> name.matches("in/orders-\\d-\\d+\\.jsonl\\.gz"));
        assertThat(rows(bucket).subList(0, 20)).extracting(row -> row.get("id")).doesNotHaveDuplicates();
        assertThat(rows(bucket).get(2))
                .containsEntry("id", 3)
                .containsEntry("price", 0.75)
                .containsEntry("at", "2026-01-01T00:00:00.000001Z")
                .containsEntry("__deleted", "false");
        assertThat(rows(bucket).get(20)).containsEntry("id", 7).containsEntry("__deleted", "true");
        columnsToo(linked, source);
    }

    /** Nothing but its own folder is there when the sink writes Parquet: no Hadoop, and Zstandard from the worker. */
    private static void columnsToo(Linked linked, String source) {
        String bucket = store.createBucket();
        Map<String, Object> config = config(bucket, S3Server.SECRET);
        config.put("format.user.defined", "Parquet");
        config.put("file.compression.type", "zstd");
        String destination = linked.destination("columns", "s3", config);
        linked.pipeline(source, destination, "s3", "public.orders");

        await().atMost(Linked.PATIENCE)
                .untilAsserted(() -> assertThat(store.objects(bucket)).contains("in/orders-0-0.parquet"));
        assertThat(store.object(bucket, "in/orders-0-0.parquet"))
                .content(StandardCharsets.ISO_8859_1)
                .startsWith("PAR1")
                .endsWith("PAR1");
    }

    private static Map<String, Object> config(String bucket, String secret) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("aws.access.key.id", S3Server.KEY);
        config.put("aws.secret.access.key", secret);
        config.put("aws.s3.bucket.name", bucket);
        config.put("aws.s3.endpoint", store.endpoint());
        config.put("format.user.defined", "JSON Lines");
        config.put("file.name.prefix", "in/");
        config.put("file.flush.interval.ms", 1000);
        return config;
    }

    /** Returns all rows in the order of the files, which are named by offset. */
    private static List<Map<String, Object>> rows(String bucket) {
        return store.objects(bucket).stream()
                .flatMap(name -> text(store.object(bucket, name)).lines())
                .map(FilesPipelineTest::parsed)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String line) {
        try {
            return JSON.readValue(line, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
