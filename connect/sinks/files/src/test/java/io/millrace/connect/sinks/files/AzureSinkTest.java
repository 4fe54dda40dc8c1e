package io.millrace.connect.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.AzuriteServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sink of files against Azurite, where {@code testkit/stores/install} has put it; skipped elsewhere. */
class AzureSinkTest {
    private static AzuriteServer server;

    private final Records records = new Records();

    @BeforeAll
    static void start() {
        assumeTrue(
                AzuriteServer.missing().isEmpty(), () -> AzuriteServer.missing().orElse(""));
        server = AzuriteServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
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
        AzureLake lake = new AzureLake(server);
        try (DrivenTask task = lake.task(Map.of(
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

        assertThat(server.objects(lake.container()))
                .containsExactly("in/orders-0-0" + extension, "in/orders-0-3" + extension);
        Path file = server.object(lake.container(), "in/orders-0-3" + extension);
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
    void leavesTheNamesOfColumnsOutOfCsvWhereTheyAreNotAskedFor() {
        AzureLake lake = new AzureLake(server);
        try (DrivenTask task = lake.task(
                Map.of("format.output.type", "csv", "format.csv.write.headers", "false", "file.max.records", "2"))) {
            task.put(orders(0, 2));
        }

        assertThat(lake.text("orders-0-0.csv")).isEqualTo("0,n0,false\n1,n1,false\n");
    }

    @Test
    void keepsFilesOfTopicsWithOneNameApart() {
        AzureLake lake = new AzureLake(server);
        try (DrivenTask task = lake.task(Map.of("file.max.records", "1"))) {
            for (String topic : List.of("source_1.public.orders", "source_2.public.orders", "source_1.public.orders")) {
                SinkRecord record = new Records().record(topic, Records.key(1), Records.everything());
                task.put(record.newRecord(
                        "orders", 0, record.keySchema(), record.key(), record.valueSchema(), record.value(), 0L));
                task.revoke(topic, 0);
            }
        }

        assertThat(server.objects(lake.container()))
                .containsExactly("orders-0-0.jsonl", "source_2.public.orders-0-0.jsonl");
    }

    @Test
    void keepsRowsWhileTheStoreIsAway() {
        try (AzuriteServer own = AzuriteServer.start()) {
            AzureLake away = new AzureLake(own);
            try (DrivenTask task = away.task(Map.of("file.max.records", "2"))) {
                List<SinkRecord> all = orders(0, 5);
                own.stop();
                assertThat(task.offer(all)).isFalse();
                own.restart();

                task.put(all);

                assertThat(own.objects(away.container())).containsExactly("orders-0-0.jsonl", "orders-0-2.jsonl");
                assertThat(task.commit()).containsExactly(Map.entry("orders-0", 4L));
            }
        }
    }

    @Test
    void failsInWordsWhenTheKeyIsWrong() {
        AzureLake lake = new AzureLake(server);

        assertThatThrownBy(() -> lake.task(Map.of("azblob.connection.string", server.connectionString("d3Jvbmc="))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("The key does not belong to the storage account");
        assertThatThrownBy(() -> lake.task(Map.of("azblob.connection.string", "")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("'azblob.connection.string' is missing");
    }

    private List<SinkRecord> orders(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> records.upsert(id, "n" + id))
                .toList();
    }
}
