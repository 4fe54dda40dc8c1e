package io.millrace.connect.sinks.httpsink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.connect.sinks.httpsink.HttpReceiver.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink against a real endpoint. */
class HttpSinkTaskTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpReceiver endpoint = new HttpReceiver();
    private final Records records = new Records();
    private final List<DrivenTask> tasks = new ArrayList<>();

    @AfterEach
    void stop() {
        tasks.forEach(DrivenTask::close);
        endpoint.close();
    }

    @Test
    void sendsEachRowAsJsonInOrder() {
        DrivenTask task = task();

        task.put(records.upsert(1, "a"), records.upsert(2, null), records.delete(1, "a"), records.tombstone(1));

        assertThat(endpoint.bodies())
                .containsExactly(
                        "{\"id\":1,\"note\":\"a\",\"__deleted\":\"false\"}",
                        "{\"id\":2,\"note\":null,\"__deleted\":\"false\"}",
                        "{\"id\":1,\"note\":\"a\",\"__deleted\":\"true\"}");
        assertThat(endpoint.requests().get(0).headers()).containsEntry("Content-type", "application/json");
        assertThat(task.commit()).containsEntry("orders-0", 4L);
    }

    @Test
    void tellsNobodyOfATruncation() {
        DrivenTask task = task();

        task.put(records.truncation("orders"), records.upsert(1, "a"));

        assertThat(endpoint.bodies()).hasSize(1);
        assertThat(task.commit()).containsEntry("orders-0", 2L);
    }

    @Test
    void writesEveryTypeWithoutLoss() throws Exception {
        task().put(records.record("everything", null, Records.everything()));

        assertThat(JSON.readTree(endpoint.bodies().get(0)))
                .isEqualTo(
                        JSON.readTree(
                                """
                        {"id":1,"c_boolean":true,"c_int16":-32768,"c_int32":2147483647,"c_int64":9223372036854775807,
                         "c_float32":1.5,"c_float64":-2.25e300,"c_nan":"NaN",
                         "c_number":12345678901234567890123456789012345678.901,"c_decimal":12345678.90,
                         "c_text":"Grüße 𝄞 \\"quoted\\"\\n\\\\","c_bytes":"AP8=","c_date":"2026-02-28",
                         "c_time":"07:05:09.000001","c_time_zoned":"07:05:09Z","c_timestamp":"2026-02-28T23:59:59.123456",
                         "c_timestamp_zoned":"2026-02-28T23:59:59.123456Z","c_uuid":"c0ffee00-0000-4000-8000-000000000001",
                         "c_json":{"a":[1,null]},"c_xml":"<a/>","c_interval":"P1Y2M3DT4H5M6.7S","c_bits":"101",
                         "c_array":[1,null,3]}
                        """));
        assertThat(endpoint.bodies().get(0))
                .contains("\"c_number\":12345678901234567890123456789012345678.901", "\"c_decimal\":12345678.90,");
    }

    @Test
    void writesNullsAsNull() throws Exception {
        task().put(records.record("everything", null, Records.nothing()));

        JsonNode row = JSON.readTree(endpoint.bodies().get(0));
        assertThat(row).hasSize(Records.EVERYTHING.fields().size());
        assertThat(row.properties())
                .filteredOn(member -> !member.getValue().isNull())
                .hasSize(1);
    }

    @Test
    void writesDecimalsInBase64WhenAsked() throws Exception {
        task("decimal.format", "BASE64").put(records.record("everything", null, Records.everything()));

        JsonNode row = JSON.readTree(endpoint.bodies().get(0));
        assertThat(row.get("c_decimal").binaryValue())
                .isEqualTo(java.math.BigInteger.valueOf(1_234_567_890).toByteArray());
        assertThat(row.get("c_int64").isNumber()).isTrue();
    }

    @Test
    void putsRecordsIntoBatchesOfTheAskedSize() {
        DrivenTask task = task("batching.enabled", "true", "batch.max.size", "2");

        task.put(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(endpoint.bodies())
                .containsExactly("[" + row(1, "a") + "," + row(2, "b") + "]", "[" + row(3, "c") + "]");
    }

    @Test
    void writesWhatIsAskedForAroundTheRecordsOfABatch() {
        DrivenTask task = task(
                "batching.enabled",
                "true",
                "batch.prefix",
                "{\"rows\":[",
                "batch.suffix",
                "]}\n",
                "batch.separator",
                "\n");

        task.put(records.upsert(1, "a"), records.upsert(2, "b"));

        assertThat(endpoint.bodies()).containsExactly("{\"rows\":[" + row(1, "a") + "\n" + row(2, "b") + "]}\n");
    }

    @Test
    void holdsRecordsUntilTheBatchIsFullAndCommitsNoneOfThem() {
        DrivenTask task = buffering("3600000");

        task.put(records.upsert(1, "a"), records.upsert(2, "b"));
        assertThat(endpoint.requests()).isEmpty();
        assertThat(task.commit()).containsEntry("orders-0", 0L);
        task.put(records.upsert(3, "c"), records.upsert(4, "d"));

        assertThat(endpoint.bodies()).containsExactly("[" + row(1, "a") + "," + row(2, "b") + "," + row(3, "c") + "]");
        assertThat(task.commit()).containsEntry("orders-0", 3L);
    }

    @Test
    void sendsAHeldRecordWhenItIsTooOldThoughNothingComes() {
        DrivenTask task = buffering("50");
        task.put(records.upsert(1, "a"));

        await().until(() -> {
            task.put();
            return !endpoint.bodies().isEmpty();
        });

        assertThat(endpoint.bodies()).containsExactly("[" + row(1, "a") + "]");
        assertThat(task.commit()).containsEntry("orders-0", 1L);
    }

    @Test
    void forgetsHeldRecordsOfAPartitionThatIsTakenAwayAndTakesThemAgain() {
        DrivenTask task = buffering("3600000");
        SinkRecord held = records.upsert(1, "a");
        task.put(held);

        task.revoke("orders", 0);
        task.put(held, records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(endpoint.bodies()).containsExactly("[" + row(1, "a") + "," + row(2, "b") + "," + row(3, "c") + "]");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void sendsAgainWhatFailedAndNothingTwice(int status) {
        AtomicInteger calls = new AtomicInteger();
        endpoint.behave(request -> Reply.of(calls.incrementAndGet() == 2 ? status : 204));
        DrivenTask task = task("retry.backoff.ms", "1");

        task.put(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(task.retries()).isPositive();
        assertThat(endpoint.bodies()).containsExactly(row(1, "a"), row(2, "b"), row(3, "c"));
    }

    @Test
    void waitsAsLongAsTheEndpointAsks() {
        AtomicInteger calls = new AtomicInteger();
        endpoint.behave(request ->
                calls.incrementAndGet() == 1 ? new Reply(503, "later", Map.of("Retry-After", "1")) : Reply.of(200));
        long begun = System.nanoTime();

        task("retry.backoff.ms", "1").put(records.upsert(1, "a"));

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isGreaterThanOrEqualTo(1_000);
        assertThat(calls).hasValue(2);
    }

    @Test
    void asksAgainAtMostAsOftenAsToldAndThenAsLongAsThereIsPatience() {
        endpoint.behave(request -> new Reply(500, "out of order", Map.of()));
        DrivenTask task = task("max.retries", "2", "retry.backoff.ms", "1");

        assertThatThrownBy(() -> task.put(records.upsert(1, "a")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("answered 500: out of order");

        assertThat(task.commit()).isEmpty();
        assertThat(endpoint.requests()).hasSizeBetween(5, 20);
    }

    @Test
    void losesNothingWhenTheEndpointGoesAwayAndComesBack() {
        DrivenTask task = task("http.timeout", "2", "retry.backoff.ms", "1");
        task.put(records.upsert(1, "a"));
        endpoint.end();
        List<SinkRecord> next = List.of(records.upsert(2, "b"), records.upsert(3, "c"));

        assertThat(task.offer(next)).isFalse();
        endpoint.begin();
        task.put(next);

        assertThat(endpoint.bodies()).containsExactly(row(1, "a"), row(2, "b"), row(3, "c"));
    }

    @Test
    void givesUpWaitingForAnAnswerAndAsksAgain() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        endpoint.behave(request -> {
            if (calls.incrementAndGet() == 1) {
                awaitQuietly(never);
            }
            return Reply.of(200);
        });

        task("http.timeout", "1", "retry.backoff.ms", "1").put(records.upsert(1, "a"));

        assertThat(calls).hasValue(2);
        never.countDown();
    }

    @Test
    void setsARefusedRecordAsideAndLetsTheRestFlow() {
        endpoint.behave(request -> request.body().contains("bad") ? new Reply(422, "no", Map.of()) : Reply.of(200));
        DrivenTask task = task();

        task.put(records.upsert(1, "a"), records.upsert(2, "bad"), records.upsert(3, "c"));

        assertThat(endpoint.bodies()).containsExactly(row(1, "a"), row(3, "c"));
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> {
            assertThat(refused.record().kafkaOffset()).isEqualTo(1);
            assertThat(refused.reason()).contains("answered 422: no");
        });
        assertThat(task.commit()).containsEntry("orders-0", 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void findsTheRefusedRecordsOfABatch(String buffering) {
        endpoint.behave(request -> Reply.of(request.body().contains("bad") ? 400 : 200));
        DrivenTask task = task(
                "batching.enabled",
                "true",
                "batch.max.size",
                "8",
                "batch.buffering.enabled",
                buffering,
                "batch.max.time.ms",
                "1");
        List<SinkRecord> batch = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            batch.add(records.upsert(i, i == 2 || i == 7 ? "bad" : "good"));
        }

        task.put(batch);
        await().until(() -> {
            task.put();
            return task.commit().get("orders-0") == 8;
        });

        assertThat(task.deadLetters())
                .extracting(refused -> refused.record().kafkaOffset())
                .containsExactly(2L, 7L);
        assertThat(String.join("", endpoint.bodies()).split("good", -1)).hasSize(7);
    }

    @Test
    void failsWithTheRecordInWordsWhenNothingMayBeLeftOut() {
        endpoint.behave(request -> new Reply(400, "no such field", Map.of()));
        DrivenTask task = task("errors.tolerance", "none");

        assertThatThrownBy(() -> task.put(records.upsert(1, "a")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("orders-0@0")
                .hasMessageContaining("no such field");
        assertThat(task.deadLetters()).isEmpty();
    }

    @Test
    void saysWhatToMendWhenItIsNotLetIn() {
        endpoint.behave(request -> Reply.of("Basic abc".equals(request.headers().get("Authorization")) ? 200 : 401));

        task("http.authorization.type", "static", "http.headers.authorization", "Basic abc")
                .put(records.upsert(1, "a"));
        DrivenTask wrong = task(
                "http.authorization.type",
                "static",
                "http.headers.authorization",
                "Basic xyz",
                "retry.backoff.ms",
                "1");

        assertThat(endpoint.bodies()).hasSize(1);
        assertThatThrownBy(() -> wrong.put(records.upsert(2, "b")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("answered 401")
                .hasMessageContaining("correct http.headers.authorization");
    }

    @Test
    void sendsTheAdditionalHeadersAndTheContentType() {
        task("http.headers.additional", "X-Tenant: 7, X-From:millrace", "http.headers.content.type", "text/plain")
                .put(records.upsert(1, "a"));

        assertThat(endpoint.requests().get(0).headers())
                .containsEntry("X-tenant", "7")
                .containsEntry("X-from", "millrace")
                .containsEntry("Content-type", "text/plain");
    }

    @Test
    void goesThroughAProxy() {
        task(
                        "http.url",
                        "http://nowhere.invalid/in",
                        "http.proxy.host",
                        "127.0.0.1",
                        "http.proxy.port",
                        String.valueOf(endpoint.port()))
                .put(records.upsert(1, "a"));

        assertThat(endpoint.requests().get(0).target()).contains("/in");
        assertThat(endpoint.requests().get(0).headers()).containsEntry("Host", "nowhere.invalid");
    }

    @Test
    void sendsALargeValueWhole() {
        String large = "𝄞x".repeat(1_000_000);

        task().put(records.upsert(1, large));

        assertThat(endpoint.bodies().get(0)).isEqualTo(row(1, large));
    }

    @Test
    void setsARecordWithoutASchemaAside() {
        DrivenTask task = task();

        task.put(new SinkRecord("orders", 0, null, null, null, Map.of("a", 1), 0), records.upsert(1, "a"));

        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("has no schema"));
        assertThat(endpoint.bodies()).hasSize(1);
    }

    private DrivenTask buffering(String millis) {
        return task(
                "batching.enabled",
                "true",
                "batch.max.size",
                "3",
                "batch.buffering.enabled",
                "true",
                "batch.max.time.ms",
                millis);
    }

    private DrivenTask task(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("http.url", endpoint.url("/in")));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        DrivenTask task = new DrivenTask(new HttpSinkTask(), all);
        tasks.add(task);
        return task;
    }

    private static String row(long id, String note) {
        return "{\"id\":" + id + ",\"note\":\"" + note + "\",\"__deleted\":\"false\"}";
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
