package io.millrace.connect.sinks.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connect.converters.MillraceConverter;
import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.connect.sinks.row.JsonText;
import io.millrace.connect.sinks.row.RowShape;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.testkit.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink against a real broker, which makes no topic by itself. */
class KafkaSinkTaskTest {
    @TempDir
    private static Path folder;

    private static final int PORT = FreePorts.next();
    private static EmbeddedEngine cluster;
    private static int runs;

    private final String prefix = "t" + ++runs + ".";
    private final Records records = new Records();
    private final List<DrivenTask> tasks = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(folder.resolve("plugins"));
        begin();
    }

    private static void begin() {
        cluster = EmbeddedEngine.start(
                new EmbeddedSettings(folder.resolve("data"), folder.resolve("plugins"), PORT),
                (path, key) -> Optional.empty());
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @AfterEach
    void stop() {
        tasks.forEach(DrivenTask::close);
    }

    @Test
    void writesRowsAndTheirEndsInOrder() {
        DrivenTask task = task("topic.suffix", "-v1");

        task.put(records.upsert(1, "a"), records.upsert(1, "b"), records.delete(1, "b"), records.tombstone(1));

        List<ConsumerRecord<byte[], byte[]>> written = topic(prefix + "orders-v1");
        assertThat(written).extracting(record -> text(record.key())).containsOnly("{\"id\":1}");
        assertThat(written)
                .extracting(record -> text(record.value()))
                .containsExactly(
                        "{\"id\":1,\"note\":\"a\",\"__deleted\":\"false\"}",
                        "{\"id\":1,\"note\":\"b\",\"__deleted\":\"false\"}",
                        "{\"id\":1,\"note\":\"b\",\"__deleted\":\"true\"}",
                        "");
        assertThat(task.commit()).containsEntry("orders-0", 4L);
    }

    @Test
    void carriesTimesAndHeadersAlong() {
        SinkRecord record = new SinkRecord(
                "orders",
                0,
                Records.KEY,
                Records.key(1),
                null,
                null,
                0,
                1_700_000_000_000L,
                TimestampType.CREATE_TIME,
                new ConnectHeaders()
                        .addString("_streamkap_topic", "source_1.public.orders")
                        .addInt("millrace.value.schema", 7));

        task().put(record, records.truncation("orders"));

        List<ConsumerRecord<byte[], byte[]>> written = topic(prefix + "orders");
        assertThat(written.get(0).timestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(text(written.get(0).headers().lastHeader("_streamkap_topic").value()))
                .isEqualTo("source_1.public.orders");
        // an id of a registry that the other cluster does not know
        assertThat(written.get(0).headers().lastHeader("millrace.value.schema")).isNull();
        assertThat(text(written.get(1)
                        .headers()
                        .lastHeader("millrace.operation")
                        .value()))
                .isEqualTo("t");
        assertThat(written.get(1).key()).isNull();
    }

    @Test
    void writesTheSchemaIntoEachRecordWhenAsked() {
        task("json.schema.enable", "true").put(records.upsert(1, "a"));

        assertThat(text(topic(prefix + "orders").get(0).value()))
                .startsWith("{\"schema\":{\"type\":\"struct\"")
                .endsWith("\"payload\":{\"id\":1,\"note\":\"a\",\"__deleted\":\"false\"}}");
    }

    @Test
    void writesAvroWithTheRegistryOfTheOtherClusterAndLosesNothing() {
        try (TestRegistry registry = new TestRegistry()) {
            task("destination.format", "avro", "schema.registry.url", registry.url("u:p@"))
                    .put(
                            records.record("everything", Records.key(1), Records.everything()),
                            records.record("everything", Records.key(2), Records.nothing()));

            MillraceConverter converter = new MillraceConverter();
            converter.configure(
                    Map.of("format", "avro", "registry.url", registry.url(""), "registry.user.info", "u:p"), false);
            List<String> rows = topic(prefix + "everything").stream()
                    .map(record -> json((Struct) converter
                            .toConnectData(prefix + "everything", record.value())
                            .value()))
                    .toList();
            assertThat(rows).containsExactly(json(Records.everything()), json(Records.nothing()));
            assertThat(registry.subjects()).containsOnly(prefix + "everything-key", prefix + "everything-value");
        }
    }

    @Test
    void setsARecordAsideWhoseSchemaIsRefusedAndLetsTheRestFlow() {
        try (TestRegistry registry = new TestRegistry()) {
            DrivenTask task = task("destination.format", "avro", "schema.registry.url", registry.url("u:p@"));

            task.put(
                    records.upsert(1, "a"),
                    records.record("closed", Records.key(1), new Struct(Records.ROW).put("id", 1L)),
                    records.upsert(2, "b"));

            assertThat(topic(prefix + "orders")).hasSize(2);
            assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                    .contains("incompatible"));
        }
    }

    @Test
    void failsInWordsForAWrongPasswordOfTheRegistry() {
        try (TestRegistry registry = new TestRegistry()) {
            DrivenTask task = task("destination.format", "avro", "schema.registry.url", registry.url("u:wrong@"));

            assertThatThrownBy(() -> task.put(records.upsert(1, "a")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("refused the credentials (status 401)")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void setsARecordAsideThatTheTopicDoesNotTakeAndWritesTheRestOnce() {
        DrivenTask task = task();

        task.put(records.upsert(1, "a"), records.upsert(2, "x".repeat(34_000_000)), records.upsert(3, "c"));

        assertThat(topic(prefix + "orders"))
                .extracting(record -> text(record.key()))
                .containsExactly("{\"id\":1}", "{\"id\":3}");
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("does not take the record"));
    }

    @Test
    void writesALargeValueWhole() throws IOException {
        String large = "𝄞x".repeat(1_000_000);

        task().put(records.upsert(1, large));

        String read = new ObjectMapper()
                .readTree(topic(prefix + "orders").get(0).value())
                .get("note")
                .textValue();
        assertThat(read.equals(large)).isTrue();
    }

    @Test
    void escapesWhatKafkaDoesNotAllowInAName() {
        DrivenTask task = task();

        task.put(records.record("my orders", Records.key(1), new Struct(Records.ROW).put("id", 1L)));

        assertThat(topic(prefix + "my_u0020orders")).hasSize(1);
    }

    @Test
    void setsARecordAsideWhoseTableNoTopicCanBeNamedAfter() {
        DrivenTask task = task();

        task.put(
                records.record("x".repeat(300), Records.key(1), new Struct(Records.ROW).put("id", 1L)),
                records.upsert(2, "b"));

        assertThat(topic(prefix + "orders")).hasSize(1);
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("cannot be named '" + prefix + "xxx"));
    }

    @Test
    void losesNothingWhenTheClusterGoesAwayAndComesBack() {
        DrivenTask task = task();
        task.put(records.upsert(1, "a"));
        cluster.close();
        List<SinkRecord> next = List.of(records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(task.offer(next)).isFalse();
        begin();
        task.put(next);

        assertThat(topic(prefix + "orders"))
                .extracting(record -> text(record.key()))
                .containsSubsequence("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void failsInWordsWhenNobodyIsThere() {
        assertThatThrownBy(() -> task("kafka.sink.bootstrap", "127.0.0.1:1"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Kafka at 127.0.0.1:1 does not answer");
    }

    private DrivenTask task(String... settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("kafka.sink.bootstrap", cluster.kafka().bootstrapServers(), "topic.prefix", prefix));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        DrivenTask task = new DrivenTask(new KafkaSinkTask(), all);
        tasks.add(task);
        return task;
    }

    private static List<ConsumerRecord<byte[], byte[]>> topic(String name) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", cluster.kafka().bootstrapServers(),
                "fetch.max.bytes", 100_000_000,
                "max.partition.fetch.bytes", 100_000_000);
        TopicPartition partition = new TopicPartition(name, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
            return all;
        }
    }

    private static String json(Struct row) {
        return JsonText.of(new RowShape.Cache().of(row.schema()), row);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
