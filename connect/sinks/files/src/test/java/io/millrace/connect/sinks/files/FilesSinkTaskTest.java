package io.millrace.connect.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.S3Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FilesSinkTaskTest {
    private static final Schema TIME = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field(
                    "at",
                    SchemaBuilder.int64().name("io.debezium.time.MicroTime").build())
            .build();

    private static S3Server server;

    private final Lake lake = new Lake(server);
    private final Records records = new Records();

    @BeforeAll
    static void start() {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void closesAFileByRowsAndCommitsUpToTheOneInTheMaking() {
        try (DrivenTask task = lake.task(Map.of("file.max.records", "3"))) {
            task.put(orders(0, 8));

            assertThat(lake.objects()).containsExactly("orders-0-0.jsonl", "orders-0-3.jsonl");
            assertThat(lake.text("orders-0-3.jsonl"))
                    .isEqualTo(
                            """
                    {"id":3,"note":"n3","__deleted":"false"}
                    {"id":4,"note":"n4","__deleted":"false"}
                    {"id":5,"note":"n5","__deleted":"false"}
                    """);
            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 6L));
        }
    }

    @Test
    void closesAFileByBytes() {
        try (DrivenTask task = lake.task(Map.of("file.max.bytes", "9000"))) {
            task.put(orders(0, 600));

            assertThat(lake.objects()).hasSizeBetween(1, 3);
            assertThat(lake.text(lake.objects().get(0)).length()).isBetween(9_000, 20_000);
        }
    }

    @Test
    void closesAFileByTimeAlsoWhenNothingArrives() {
        try (DrivenTask task = lake.task(Map.of("file.flush.interval.ms", "5000"))) {
            task.put(orders(0, 2));
            lake.pass(Duration.ofMillis(4_999));
            task.put();
            assertThat(lake.objects()).isEmpty();
            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 0L));

            lake.pass(Duration.ofMillis(1));
            task.put();

            assertThat(lake.objects()).containsExactly("orders-0-0.jsonl");
            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 2L));
        }
    }

    @Test
    void missesAndDoublesNoRowWhenItIsKilledAgainAndAgain() {
        Random random = new Random(7);
        List<SinkRecord> all = orders(0, 500);
        long committed = 0;
        while (committed < all.size() - 10) {
            try (DrivenTask task = lake.task(Map.of("file.max.records", "10"))) {
                int until = Math.min(all.size(), (int) committed + 1 + random.nextInt(45));
                task.put(all.subList((int) committed, until));
                // Half of the time it dies before the commit, and reads again what is in the store already.
                if (random.nextBoolean()) {
                    committed = task.commit().getOrDefault("orders-0", 0L);
                }
            }
        }
        try (DrivenTask task = lake.task(Map.of("file.max.records", "10"))) {
            task.put(all.subList((int) committed, all.size()));
        }

        assertThat(lake.ids())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 500).boxed().toList());
    }

    @Test
    void readsAgainWhatAnotherTaskTookOver() {
        try (DrivenTask task = lake.task(Map.of("file.max.records", "3"))) {
            List<SinkRecord> all = orders(0, 6);
            task.put(all.subList(0, 5));
            task.revoke("orders", 0);

            task.put(all.subList(3, 6));

            assertThat(lake.ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void keepsRowsWhileTheStoreIsAway() {
        try (S3Server own = S3Server.start()) {
            Lake away = new Lake(own);
            try (DrivenTask task = away.task(Map.of("file.max.records", "2"))) {
                List<SinkRecord> all = orders(0, 5);
                own.kill();
                assertThat(task.offer(all)).isFalse();
                assertThat(task.offer(all)).isFalse();
                own.restart();

                task.put(all);

                assertThat(away.ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
                assertThat(task.commit()).containsExactly(Map.entry("orders-0", 4L));
            }
        }
    }

    @Test
    void failsInWordsWhenTheSecretIsWrong() {
        assertThatThrownBy(() -> lake.task(Map.of("aws.secret.access.key", "another")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("The secret does not belong to the access key '" + S3Server.KEY + "'");
    }

    @Test
    void failsInWordsWhenTheTemplateWouldOverwriteFiles() {
        assertThatThrownBy(() -> lake.task(Map.of("file.name.template", "{{topic}}")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("file.name.template")
                .hasMessageContaining("start_offset");
    }

    @Test
    void beginsAnotherFileWhenColumnsChangeWhereAFileHasOneForm() throws Exception {
        Schema wider = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("price", Schema.FLOAT64_SCHEMA)
                .build();
        try (DrivenTask task = lake.task(Map.of("format.output.type", "parquet", "file.max.records", "2"))) {
            task.put(
                    records.upsert(1, "a"),
                    records.record(
                            "orders",
                            Records.key(2),
                            new Struct(wider).put("id", 2L).put("price", 1.25)),
                    records.record(
                            "orders",
                            Records.key(3),
                            new Struct(wider).put("id", 3L).put("price", 2.5)));
        }

        assertThat(lake.objects()).containsExactly("orders-0-0.parquet", "orders-0-1.parquet");
        try (Duck duck = new Duck()) {
            assertThat(duck.types(lake.file("orders-0-1.parquet"))).containsOnlyKeys("id", "price");
        }
    }

    @Test
    void keepsRowsThatLackAColumnInAFileOfTheirOwnBesideTheWholeOnes() throws Exception {
        Schema narrow = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
        try (DrivenTask task = lake.task(Map.of("format.output.type", "parquet", "file.max.records", "5"))) {
            for (long id = 0; id < 10; id++) {
                task.put(
                        id % 2 == 0
                                ? records.upsert(id, "whole")
                                : records.record("orders", Records.key(id), new Struct(narrow).put("id", id)));
            }
            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 9L));
        }

        assertThat(lake.objects()).containsExactly("orders-0-0.parquet", "orders-0-1.parquet");
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("SELECT count(*) AS n FROM read_parquet('" + lake.file("orders-0-1.parquet") + "')"))
                    .containsExactly(Map.of("n", "4"));
        }
    }

    @Test
    void setsAsideWhatAFormatCannotHoldAndGoesOn() {
        try (DrivenTask task = lake.task(Map.of("format.output.type", "parquet", "file.max.records", "2"))) {
            task.put(time(1, Duration.ofHours(7)), time(2, Duration.ofHours(-30)), time(3, Duration.ofHours(24)));

            assertThat(task.deadLetters()).hasSize(1);
            assertThat(task.deadLetters().get(0).reason())
                    .isEqualTo("The time -30:00:00 is not within a day; a file of text can hold it");
            assertThat(lake.objects()).containsExactly("times-0-0.parquet");
            assertThat(task.commit()).containsExactly(Map.entry("times-0", 3L));
        }
    }

    @Test
    void writesDeletedRowsOnceAndNeitherTombstonesNorTruncations() {
        try (DrivenTask task = lake.task(Map.of("file.max.records", "2"))) {
            task.put(
                    records.upsert(1, "a"), records.delete(1, "a"), records.tombstone(1), records.truncation("orders"));

            assertThat(lake.text("orders-0-0.jsonl"))
                    .isEqualTo(
                            """
                    {"id":1,"note":"a","__deleted":"false"}
                    {"id":1,"note":"a","__deleted":"true"}
                    """);
            assertThat(task.commit()).containsExactly(Map.entry("orders-0", 4L));
        }
    }

    @Test
    void writesTheFieldsOfARecordThatAreAskedFor() {
        Map<String, String> settings =
                Map.of("format.output.fields", "key,offset,value,partition,topic,headers", "file.max.records", "1");
        try (DrivenTask task = lake.task(settings)) {
            SinkRecord record = records.upsert(1, "a");
            record.headers().addString("h", "x\"y");
            task.put(record);
        }

        assertThat(lake.text("orders-0-0.jsonl"))
                .isEqualTo(
                        "{\"key\":{\"id\":1},\"offset\":0,\"value\":{\"id\":1,\"note\":\"a\",\"__deleted\":\"false\"},"
                                + "\"partition\":0,\"topic\":\"orders\",\"headers\":[{\"key\":\"h\",\"value\":\"x\\\"y\"}]}\n");
    }

    @Test
    void writesRowsInRowsAsGroupsOfParquet() throws Exception {
        Map<String, String> settings = Map.of(
                "format.output.type", "parquet", "format.output.fields", "key,value,offset", "file.max.records", "1");
        try (DrivenTask task = lake.task(settings)) {
            task.put(records.upsert(1, "a"));
        }

        try (Duck duck = new Duck()) {
            assertThat(duck.rows("SELECT key.id AS k, value.note AS n, \"offset\" AS o FROM read_parquet('"
                            + lake.file("orders-0-0.parquet") + "')"))
                    .containsExactly(Map.of("k", "1", "n", "a", "o", "0"));
        }
    }

    @Test
    void keepsAFileForEachKeyWhereTheTemplateSaysSo() {
        Map<String, String> settings = Map.of(
                "file.name.template",
                "{{topic}}/{{key}}.jsonl",
                "file.name.prefix",
                "latest/",
                "file.max.records",
                "1");
        try (DrivenTask task = lake.task(settings)) {
            task.put(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(1, "c"));
        }

        assertThat(lake.objects()).containsExactly("latest/orders/1.jsonl", "latest/orders/2.jsonl");
        assertThat(lake.text("latest/orders/1.jsonl")).contains("\"note\":\"c\"");
    }

    @Test
    void keepsFilesOfManyTablesApartAndTheirNumberWithinBounds() {
        List<SinkRecord> one = new ArrayList<>();
        for (int table = 0; table < 250; table++) {
            one.add(records.record("t" + table, Records.key(table), new Struct(Records.ROW).put("id", (long) table)));
        }
        try (DrivenTask task = lake.task(Map.of("format.output.type", "parquet", "file.compression.type", "zstd"))) {
            task.put(one);
            assertThat(lake.objects()).hasSize(50);

            lake.pass(Duration.ofHours(1));
            task.put();

            assertThat(lake.objects()).hasSize(250);
        }
    }

    @Test
    void keepsTablesOfOneNameFromSeveralTopicsApart() {
        try (DrivenTask task = lake.task(Map.of("file.max.records", "1"))) {
            for (String topic : List.of("source_1.public.orders", "source_2.public.orders", "source_1.public.orders")) {
                SinkRecord record = new Records().record(topic, Records.key(1), Records.everything());
                task.put(record.newRecord(
                        "orders", 0, record.keySchema(), record.key(), record.valueSchema(), record.value(), 0L));
                task.revoke(topic, 0);
            }
        }

        assertThat(lake.objects()).containsExactly("orders-0-0.jsonl", "source_2.public.orders-0-0.jsonl");
    }

    @Test
    void goesOnWhenATopicIsMadeAnew() {
        Records anew = new Records();
        try (DrivenTask task = lake.task(Map.of("file.max.records", "2"))) {
            task.put(orders(0, 4));
            task.commit();

            task.put(anew.upsert(10, "x"), anew.upsert(11, "y"));

            assertThat(lake.ids()).containsExactlyInAnyOrder(10L, 11L, 2L, 3L);
        }
    }

    private SinkRecord time(long id, Duration at) {
        return records.record(
                "times", Records.key(id), new Struct(TIME).put("id", id).put("at", at.toNanos() / 1_000));
    }

    private List<SinkRecord> orders(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> records.upsert(id, "n" + id))
                .toList();
    }
}
