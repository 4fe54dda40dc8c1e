package io.millrace.connect.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.RedisServer;
import io.millrace.testkit.TcpProxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** The sink against a real Redis server. */
class RedisSinkTaskTest {
    private static RedisServer server;

    private final Records records = new Records();
    private final List<DrivenTask> tasks = new ArrayList<>();
    private Jedis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void connect() {
        redis = client();
        redis.flushAll();
    }

    @AfterEach
    void stop() {
        tasks.forEach(DrivenTask::close);
        redis.close();
    }

    @Test
    void keepsARowAsAHashAndRemovesItWhenItIsDeleted() {
        DrivenTask task = task("HASH");

        task.put(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(1, "c"));
        task.put(records.delete(2, "b"), records.tombstone(2));

        assertThat(redis.hgetAll("app:orders:1")).isEqualTo(Map.of("id", "1", "note", "c", "__deleted", "false"));
        assertThat(redis.exists("app:orders:2")).isFalse();
        assertThat(task.commit()).containsEntry("orders-0", 5L);
    }

    @Test
    void takesAFieldAwayWhenItsColumnIsNullAndKeepsWhatTheSourceDidNotTell() {
        DrivenTask task = task("HASH");
        Schema without = SchemaBuilder.struct()
                .name("short")
                .field("id", Schema.INT64_SCHEMA)
                .build();

        task.put(records.upsert(1, "a"), records.upsert(2, "b"));
        task.put(records.upsert(1, null), records.record("orders", Records.key(2), new Struct(without).put("id", 2L)));

        assertThat(redis.hgetAll("app:orders:1")).isEqualTo(Map.of("id", "1", "__deleted", "false"));
        assertThat(redis.hgetAll("app:orders:2")).containsEntry("note", "b");
    }

    @Test
    void tellsKeysOfSeveralColumnsApart() {
        Schema key = SchemaBuilder.struct()
                .field("a", Schema.STRING_SCHEMA)
                .field("b", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        DrivenTask task = task("HASH");

        task.put(
                records.record("orders", new Struct(key).put("a", "x:y").put("b", "z"), row(1)),
                records.record("orders", new Struct(key).put("a", "x").put("b", "y:z"), row(2)),
                records.record("orders", new Struct(key).put("a", "x"), row(3)));

        assertThat(redis.keys("*"))
                .containsExactlyInAnyOrder("app:orders:x\\:y:z", "app:orders:x:y\\:z", "app:orders:x:\\N");
    }

    @Test
    void removesTheRowsOfATruncatedTableOnly() {
        DrivenTask task = task("HASH");
        List<SinkRecord> many = new ArrayList<>();
        LongStream.range(0, 5_000).forEach(id -> many.add(records.upsert(id, "n")));
        many.add(records.record("orders_old", Records.key(1), row(1)));
        task.put(many);
        assertThat(redis.dbSize()).isEqualTo(5_001);

        task.put(records.truncation("orders"), records.upsert(7, "after"));

        assertThat(redis.keys("*")).containsExactlyInAnyOrder("app:orders:7", "app:orders_old:1");
    }

    @Test
    void refusesATruncationWhereItCannotTellTablesApart() {
        DrivenTask task = task("HASH", "redis.keyspace", "app");

        task.put(records.upsert(1, "a"), records.truncation("orders"));

        assertThat(redis.keys("*")).containsExactly("app:1");
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("put ${topic} into redis.key"));
    }

    @Test
    void addsAnEntryToAStreamForEachEvent() {
        DrivenTask task = task("STREAM");

        task.put(records.upsert(1, "a"), records.upsert(1, null), records.delete(1, "a"), records.tombstone(1));
        task.put(records.truncation("orders"));

        assertThat(stream("app:orders"))
                .containsExactly(
                        Map.of("id", "1", "note", "a", "__deleted", "false"),
                        Map.of("id", "1", "__deleted", "false"),
                        Map.of("id", "1", "note", "a", "__deleted", "true"));
        assertThat(task.commit()).containsEntry("orders-0", 5L);
    }

    @Test
    void addsTheRowAsJsonToAListForEachEvent() {
        DrivenTask task = task("LIST");

        task.put(records.upsert(1, "a"), records.delete(1, "a"), records.tombstone(1));

        assertThat(redis.lrange("app:orders", 0, -1))
                .containsExactly(
                        "{\"id\":1,\"note\":\"a\",\"__deleted\":\"false\"}",
                        "{\"id\":1,\"note\":\"a\",\"__deleted\":\"true\"}");
    }

    @Test
    void keepsEveryTypeWithoutLoss() {
        task("HASH").put(records.record("everything", Records.key(1), Records.everything()));

        assertThat(redis.hgetAll("app:everything:1"))
                .containsEntry("c_boolean", "true")
                .containsEntry("c_int16", "-32768")
                .containsEntry("c_int64", "9223372036854775807")
                .containsEntry("c_float64", "-2.25E300")
                .containsEntry("c_nan", "NaN")
                .containsEntry("c_number", "12345678901234567890123456789012345678.901")
                .containsEntry("c_decimal", "12345678.90")
                .containsEntry("c_text", "Grüße 𝄞 \"quoted\"\n\\")
                .containsEntry("c_date", "2026-02-28")
                .containsEntry("c_time", "07:05:09.000001")
                .containsEntry("c_time_zoned", "07:05:09Z")
                .containsEntry("c_timestamp", "2026-02-28T23:59:59.123456")
                .containsEntry("c_timestamp_zoned", "2026-02-28T23:59:59.123456Z")
                .containsEntry("c_uuid", "c0ffee00-0000-4000-8000-000000000001")
                .containsEntry("c_json", "{\"a\": [1, null]}")
                .containsEntry("c_xml", "<a/>")
                .containsEntry("c_interval", "P1Y2M3DT4H5M6.7S")
                .containsEntry("c_bits", "101")
                .containsEntry("c_array", "[1,null,3]");
        assertThat(redis.hget(
                        "app:everything:1".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "c_bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .containsExactly(0, -1);
    }

    @Test
    void keepsNoFieldForNull() {
        task("STREAM").put(records.record("everything", null, Records.nothing()));

        assertThat(stream("app:everything")).containsExactly(Map.of("id", "2"));
    }

    @Test
    void keepsALargeValueWhole() {
        String large = "𝄞x".repeat(4_000_000);

        task("HASH").put(records.upsert(1, large));

        assertThat(redis.hget("app:orders:1", "note")).isEqualTo(large);
    }

    @Test
    void endsInTheSameHashesWhenAllIsDeliveredAgain() {
        List<SinkRecord> all = List.of(records.upsert(1, "a"), records.upsert(2, "b"), records.delete(1, "a"));
        task("HASH").put(all);

        task("HASH").put(all);

        assertThat(redis.keys("*")).containsExactly("app:orders:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HASH", "LIST", "STREAM"})
    void losesNothingWhenTheServerIsKilledAndComesBack(String type) {
        DrivenTask task = task(type);
        task.put(records.upsert(1, "a"));
        server.kill();
        List<SinkRecord> next = List.of(records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(task.offer(next)).isFalse();
        server.restart();
        task.put(next);

        redis = client();
        assertThat(count(type)).isEqualTo(3);
    }

    @Test
    void writesNothingTwiceWhenTheConnectionIsCutBetweenBatches() {
        try (TcpProxy proxy = TcpProxy.to(server.port())) {
            DrivenTask task = task("LIST", "redis.port", String.valueOf(proxy.port()));
            for (int i = 0; i < 20; i++) {
                task.put(records.upsert(i, "n"), records.upsert(i, "m"));
                proxy.cut();
            }
        }

        assertThat(redis.lrange("app:orders", 0, -1)).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void setsARowAsideWhoseKeyHoldsSomethingElse() {
        redis.set("app:orders:2", "mine");
        DrivenTask task = task("HASH");

        task.put(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(redis.keys("*")).containsExactlyInAnyOrder("app:orders:1", "app:orders:2", "app:orders:3");
        assertThat(redis.get("app:orders:2")).isEqualTo("mine");
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> {
            assertThat(refused.record().kafkaOffset()).isEqualTo(1);
            assertThat(refused.reason()).contains("WRONGTYPE");
        });
    }

    @Test
    void failsInWordsWhenTheKeyOfATableHoldsSomethingElse() {
        redis.set("app:orders", "mine");

        assertThatThrownBy(() -> task("STREAM").put(records.upsert(1, "a")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("redis.key.data.type");
    }

    @Test
    void setsARowWithoutAKeyAsideWhereEachRowNeedsAHash() {
        DrivenTask task = task("HASH");

        task.put(records.record("orders", null, row(1)), records.upsert(2, "b"));

        assertThat(redis.keys("*")).containsExactly("app:orders:2");
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("choose Stream or List"));
    }

    @Test
    void takesABatchWholeOrNotAtAllWhenMemoryIsShort() {
        redis.configSet("maxmemory", "1");
        DrivenTask task = task("LIST");
        List<SinkRecord> batch = List.of(records.upsert(1, "a"), records.upsert(2, "b"));

        assertThat(task.offer(batch)).isFalse();
        redis.configSet("maxmemory", "0");
        assertThat(redis.exists("app:orders")).isFalse();
        task.put(batch);

        assertThat(redis.llen("app:orders")).isEqualTo(2);
    }

    @Test
    void failsInWordsForAWrongPassword() {
        assertThatThrownBy(() -> task("HASH", "redis.password", "wrong"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("does not let user 'millrace' in")
                .hasMessageContaining("redis.password")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void failsInWordsWhenNobodyIsThere() {
        assertThatThrownBy(() -> task("HASH", "redis.port", "1"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("127.0.0.1:1 does not answer");
    }

    private long count(String type) {
        return switch (type) {
            case "HASH" -> redis.keys("app:orders:*").size();
            case "LIST" -> redis.llen("app:orders");
            default -> redis.xlen("app:orders");
        };
    }

    private List<Map<String, String>> stream(String key) {
        return redis.xrange(key, (StreamEntryID) null, (StreamEntryID) null).stream()
                .map(StreamEntry::getFields)
                .toList();
    }

    private static Struct row(long id) {
        return new Struct(Records.ROW).put("id", id);
    }

    private static Jedis client() {
        return new Jedis(
                new HostAndPort("127.0.0.1", server.port()),
                DefaultJedisClientConfig.builder()
                        .user(RedisServer.USER)
                        .password(RedisServer.PASSWORD)
                        .build());
    }

    private DrivenTask task(String type, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "redis.host",
                "127.0.0.1",
                "redis.port",
                String.valueOf(server.port()),
                "redis.username",
                RedisServer.USER,
                "redis.password",
                RedisServer.PASSWORD,
                "redis.tls",
                "false",
                "redis.keyspace",
                "app:${topic}",
                "redis.type",
                type));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        DrivenTask task = new DrivenTask(new RedisSinkTask(), all);
        tasks.add(task);
        return task;
    }
}
