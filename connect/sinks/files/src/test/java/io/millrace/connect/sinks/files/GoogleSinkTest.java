package io.millrace.connect.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.GcsServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sink of files against fake-gcs-server, where {@code testkit/stores/install} has put it; skipped elsewhere. */
class GoogleSinkTest {
    private static GcsServer server;

    private final Records records = new Records();
    private String bucket;

    @BeforeAll
    static void start() {
        assumeTrue(GcsServer.missing().isEmpty(), () -> GcsServer.missing().orElse(""));
        server = GcsServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void create() {
        bucket = server.createBucket();
    }

    @ParameterizedTest
    @CsvSource({
        "jsonl, none, .jsonl",
        "jsonl, gzip, .jsonl.gz",
        "json, zstd, .json.zst",
        "json, gzip, .json.gz",
        "csv, none, .csv",
        "csv, gzip, .csv.gz",
        "csv, zstd, .csv.zst",
        "parquet, none, .parquet",
        "parquet, gzip, .parquet",
        "parquet, snappy, .parquet",
        "parquet, zstd, .parquet"
    })
    void writesFilesThatDuckDbReads(String format, String compression, String extension) throws Exception {
        try (DrivenTask task = task(Map.of(
                "format.output.type",
                format,
                "file.compression.type",
                compression,
                "file.name.prefix",
                "in/",
                "file.max.records",
                "3"))) {
            task.put(orders(0, 7));

            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 6L));
        }

        assertThat(server.objects(bucket)).containsExactly("in/orders-0-0" + extension, "in/orders-0-3" + extension);
        Path file = server.object(bucket, "in/orders-0-3" + extension);
        String reader = format.startsWith("json") ? "read_json" : "read_" + format;
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("SELECT id, note FROM " + reader + "('" + file + "') ORDER BY id"))
                    .containsExactly(
                            Map.of("id", "3", "note", "n3"),
                            Map.of("id", "4", "note", "n4"),
                            Map.of("id", "5", "note", "n5"));
        }
    }

    @Test
    void keepsRowsWhileTheStoreIsAway() {
        try (DrivenTask task = task(Map.of("file.max.records", "2"))) {
            List<SinkRecord> all = orders(0, 5);
            server.stop();
            assertThat(task.offer(all)).isFalse();
            server.restart();

            task.put(all);

            assertThat(server.objects(bucket)).containsExactly("orders-0-0.jsonl", "orders-0-2.jsonl");
            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 4L));
        }
    }

    @Test
    void failsInWordsWhenTheKeyIsWrong() {
        assertThatThrownBy(() -> task(Map.of("gcs.credentials.json", server.wrongCredentials())))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("is not let in by");
        assertThatThrownBy(() -> task(Map.of("gcs.credentials.json", "{}")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("'gcs.credentials.json' has no 'client_email'");
    }

    private DrivenTask task(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "file.store",
                "gcs",
                "gcs.endpoint",
                server.endpoint(),
                "gcs.credentials.json",
                server.credentials(),
                "gcs.bucket.name",
                bucket,
                "format.output.type",
                "jsonl",
                "file.compression.type",
                "none"));
        all.putAll(settings);
        return new DrivenTask(new FilesSinkTask(Clock.systemUTC()), all);
    }

    private List<SinkRecord> orders(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> records.upsert(id, "n" + id))
                .toList();
    }
}
