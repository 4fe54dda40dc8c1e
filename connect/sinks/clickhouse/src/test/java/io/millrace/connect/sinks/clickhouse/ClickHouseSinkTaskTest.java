package io.millrace.connect.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sink against the documented wire format; see {@link TestClickHouse}. */
class ClickHouseSinkTaskTest {
    private final TestClickHouse server = new TestClickHouse();
    private final Records records = new Records();
    private final List<DrivenTask> tasks = new ArrayList<>();

    @AfterEach
    void stop() {
        tasks.forEach(DrivenTask::close);
        server.close();
    }

    @Test
    void makesATableThatKeepsOneRowForEachKey() {
        task().put(records.upsert(1, "a"));

        assertThat(server.statements().get(0))
                .isEqualTo(
                        "CREATE TABLE IF NOT EXISTS orders (id Int64, note Nullable(String), __deleted Nullable(String),"
                                + " _version UInt64, is_deleted UInt8) ENGINE = ReplacingMergeTree(_version, is_deleted) ORDER BY (id)");
        assertThat(server.statements().get(1))
                .isEqualTo("INSERT INTO orders (id, note, __deleted, _version, is_deleted) FORMAT JSONEachRow");
    }

    @Test
    void endsWithTheLastStateOfEachRowAndWithoutTheDeletedOnes() {
        DrivenTask task = task();

        task.put(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(1, "c"));
        task.put(records.delete(2, "b"), records.tombstone(2));

        assertThat(server.seen("orders")).containsOnlyKeys("1");
        assertThat(server.seen("orders").get("1")).contains("\"note\":\"c\"");
        assertThat(task.commit()).containsEntry("orders-0", 5L);
    }

    @Test
    void keepsDeletedRowsMarkedWhenAsked() {
        DrivenTask task = task("hard.delete", "false");

        task.put(records.upsert(1, "a"), records.delete(1, "a"));

        assertThat(server.seen("orders").get("1")).contains("\"__deleted\":\"true\"");
    }

    @Test
    void runsTheStatementOfAClientAfterDeletesInsteadOfHidingTheRows() {
        DrivenTask task = task(
                "topics.config.map",
                "{\"orders\":\"{\\\"delete_sql_execute\\\":\\\"DELETE FROM {{table}} WHERE __deleted = 'true'\\\"}\"}");

        task.put(records.upsert(1, "a"), records.delete(1, "a"), records.upsert(2, "b"), records.delete(2, "b"));

        assertThat(server.statements())
                .filteredOn(sql -> sql.startsWith("DELETE"))
                .containsExactly("DELETE FROM orders WHERE __deleted = 'true'");
        assertThat(server.table("orders").rows())
                .allMatch(row -> row.get("is_deleted").asInt() == 0);
    }

    @Test
    void keepsEveryEventWhenAppending() {
        DrivenTask task = task("ingestion.mode", "append");

        task.put(records.upsert(1, "a"), records.upsert(1, "b"), records.delete(1, "b"), records.tombstone(1));
        task.put(records.truncation("orders"), records.record("keyless", null, row(1)));

        assertThat(server.table("orders").engine()).isEqualTo("MergeTree ORDER BY (id)");
        assertThat(server.table("orders").rows()).hasSize(3);
        assertThat(server.table("orders").columns()).doesNotContainKeys("_version", "is_deleted");
        assertThat(server.table("keyless").engine()).isEqualTo("MergeTree ORDER BY tuple()");
    }

    @Test
    void emptiesATruncatedTableAndTakesWhatComesAfter() {
        task().put(
                        records.upsert(1, "a"),
                        records.truncation("orders"),
                        records.upsert(2, "b"),
                        records.truncation("none"));

        assertThat(server.seen("orders")).containsOnlyKeys("2");
    }

    @Test
    void writesEveryTypeWithoutLoss() {
        task().put(records.record("everything", Records.key(1), Records.everything()));

        assertThat(server.table("everything").columns())
                .containsEntry("id", "Int64")
                .containsEntry("c_boolean", "Nullable(Bool)")
                .containsEntry("c_int16", "Nullable(Int16)")
                .containsEntry("c_float32", "Nullable(Float32)")
                .containsEntry("c_number", "Nullable(String)")
                .containsEntry("c_decimal", "Nullable(Decimal(10, 2))")
                .containsEntry("c_date", "Nullable(Date32)")
                .containsEntry("c_timestamp", "Nullable(DateTime64(6, 'UTC'))")
                .containsEntry("c_timestamp_zoned", "Nullable(DateTime64(6, 'UTC'))")
                .containsEntry("c_uuid", "Nullable(UUID)")
                .containsEntry("c_json", "Nullable(String)")
                .containsEntry("c_array", "Array(Nullable(Int32))");
        Map<String, String> expected = new HashMap<>(Map.of(
                "c_boolean", "true",
                "c_int64", "9223372036854775807",
                "c_float64", "-2.25E300",
                "c_nan", "\"nan\"",
                "c_number", "\"12345678901234567890123456789012345678.901\"",
                "c_decimal", "\"12345678.90\"",
                "c_text", "\"Grüße 𝄞 \\\"quoted\\\"\\n\\\\\"",
                "c_bytes", "\"AP8=\"",
                "c_date", "\"2026-02-28\"",
                "c_time", "\"07:05:09.000001\""));
        expected.putAll(Map.of(
                "c_time_zoned", "\"07:05:09Z\"",
                "c_timestamp", "\"2026-02-28 23:59:59.123456\"",
                "c_timestamp_zoned", "\"2026-02-28 23:59:59.123456\"",
                "c_uuid", "\"c0ffee00-0000-4000-8000-000000000001\"",
                "c_json", "\"{\\\"a\\\": [1, null]}\"",
                "c_xml", "\"<a/>\"",
                "c_interval", "\"P1Y2M3DT4H5M6.7S\"",
                "c_bits", "\"101\"",
                "c_array", "[1,null,3]"));
        expected.forEach((column, value) -> assertThat(
                        server.table("everything").rows().get(0).get(column))
                .as(column)
                .hasToString(value));
    }

    @Test
    void writesNulls() {
        task().put(records.record("everything", Records.key(2), Records.nothing()));

        assertThat(server.table("everything").rows().get(0).get("c_date").isNull())
                .isTrue();
        assertThat(server.table("everything").rows().get(0).get("c_array")).isEmpty();
    }

    @Test
    void givesJsonATypeOfItsOwnWhenAsked() {
        task("clickhouse.json.support", "true").put(records.record("everything", Records.key(1), Records.everything()));

        assertThat(server.table("everything").columns()).containsEntry("c_json", "JSON");
        assertThat(server.table("everything").rows().get(0).get("c_json")).hasToString("{\"a\":[1,null]}");
    }

    @Test
    void followsNewWiderAndNullableColumns() {
        DrivenTask task = task();
        task.put(records.record("t", Records.key(1), one("n", Schema.INT32_SCHEMA, 1)));

        task.put(records.record("t", Records.key(2), one("n", Schema.OPTIONAL_INT64_SCHEMA, 1L << 40)));
        task.put(records.record("t", Records.key(3), one("other", Schema.OPTIONAL_STRING_SCHEMA, "x")));
        task.put(records.record("t", Records.key(4), one("n", Schema.OPTIONAL_STRING_SCHEMA, "text")));
        task.put(records.record("t", Records.key(5), one("n", Schema.INT32_SCHEMA, 5)));

        assertThat(server.statements())
                .filteredOn(sql -> sql.startsWith("ALTER"))
                .containsExactly(
                        "ALTER TABLE t MODIFY COLUMN n Nullable(Int64)",
                        "ALTER TABLE t ADD COLUMN IF NOT EXISTS other Nullable(String)",
                        "ALTER TABLE t MODIFY COLUMN n Nullable(String)");
        assertThat(server.table("t").rows().get(4).get("n")).hasToString("\"5\"");
    }

    @Test
    void keepsALargeValueThatAnUpdateDoesNotTell() {
        DrivenTask task = task();
        task.put(records.upsert(1, "large 𝄞"), records.upsert(2, "other"));

        task.put(
                records.record("orders", Records.key(1), untold(1, "false")),
                records.upsert(2, "told"),
                records.record("orders", Records.key(2), untold(2, "false")),
                records.record("orders", Records.key(3), untold(3, "false")));

        assertThat(server.seen("orders").get("1")).contains("\"note\":\"large 𝄞\"");
        assertThat(server.seen("orders").get("2")).contains("\"note\":\"told\"");
        assertThat(server.seen("orders").get("3")).doesNotContain("note");
    }

    @Test
    void setsARowAsideThatTheTableCannotComeToHold() {
        DrivenTask task = task();
        task.put(records.record("t", Records.key(1), one("n", Schema.BOOLEAN_SCHEMA, true)));

        task.put(records.record("t", Records.key(2), one("n", Schema.INT32_SCHEMA, 7)), records.upsert(1, "a"));

        assertThat(server.seen("orders")).hasSize(1);
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("The column n of t is Bool and cannot come to hold Int32"));
    }

    @Test
    void changesNothingWithoutSchemaEvolution() {
        server.make("CREATE TABLE IF NOT EXISTS orders (id Int64, _version UInt64, is_deleted UInt8) ENGINE ="
                + " ReplacingMergeTree(_version, is_deleted) ORDER BY (id)");
        DrivenTask task = task("schema.evolution", "none");

        task.put(records.upsert(1, "a"), records.record("missing", Records.key(1), row(1)));

        assertThat(server.statements()).hasSize(1);
        assertThat(task.deadLetters())
                .extracting(DrivenTask.Refused::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .contains("does not hold the row")
                                .contains("ADD COLUMN IF NOT EXISTS note"),
                        reason -> assertThat(reason).contains("The table missing is missing"));
    }

    @Test
    void quotesNamesThatNeedItAndAllWhenAsked() {
        task("table.name.prefix", "shop_").put(records.record("my `table", Records.key(1), row(1)));
        task("quote.identifiers", "true").put(records.upsert(1, "a"));

        assertThat(server.statements().get(0)).startsWith("CREATE TABLE IF NOT EXISTS `shop_my \\`table` (id Int64");
        assertThat(server.statements()).anyMatch(sql -> sql.startsWith("INSERT INTO `orders` (`id`, `note`"));
    }

    @Test
    void findsTheRefusedRowsAndWritesTheOthersOnce() {
        DrivenTask task = task("ingestion.mode", "append");
        List<SinkRecord> batch = new ArrayList<>();
        LongStream.range(0, 16).forEach(id -> batch.add(records.upsert(id, id == 3 || id == 12 ? "bad" : "good")));
        batch.add(records.record("other", null, row(1)));

        task.put(batch);

        assertThat(server.table("orders").rows()).hasSize(14);
        assertThat(server.table("other").rows()).hasSize(1);
        assertThat(task.deadLetters())
                .extracting(refused -> refused.record().kafkaOffset())
                .containsExactly(3L, 12L);
    }

    @Test
    void setsADayAsideThatClickHouseDoesNotHave() {
        Schema day = SchemaBuilder.int32().name("io.debezium.time.Date").build();
        DrivenTask task = task();

        task.put(
                records.record("t", Records.key(1), one("d", day, -365_000)),
                records.record("t", Records.key(2), one("d", day, 20_000)));

        assertThat(server.seen("t")).containsOnlyKeys("2");
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("only those of the years 1900 to 2299"));
    }

    @Test
    void offersAgainWhatFailedAndLooksAtTheTablesAgain() {
        DrivenTask task = task();
        task.put(records.upsert(1, "a"));
        server.fail(2);

        task.put(records.upsert(2, "b"));

        assertThat(task.retries()).isEqualTo(2);
        assertThat(server.seen("orders")).containsOnlyKeys("1", "2");
    }

    @Test
    void losesNothingWhenTheServerGoesAwayAndComesBack() {
        DrivenTask task = task();
        task.put(records.upsert(1, "a"));
        server.end();
        List<SinkRecord> next = List.of(records.upsert(2, "b"), records.delete(1, "a"));

        assertThat(task.offer(next)).isFalse();
        server.begin();
        task.put(next);

        assertThat(server.seen("orders")).containsOnlyKeys("2");
    }

    @Test
    void endsInTheSameRowsWhenAllIsDeliveredAgain() {
        List<SinkRecord> all =
                List.of(records.upsert(1, "a"), records.upsert(1, "b"), records.upsert(2, "c"), records.delete(2, "c"));
        task().put(all);
        Map<String, String> seen = server.seen("orders");

        task().put(all.subList(0, 3));

        assertThat(server.seen("orders")).isEqualTo(seen);
    }

    @Test
    void setsARowWithoutAKeyAsideWhereOneRowIsKeptForEach() {
        DrivenTask task = task();

        task.put(records.record("orders", null, row(1)), records.upsert(2, "b"));

        assertThat(server.seen("orders")).containsOnlyKeys("2");
        assertThat(task.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("choose ingestion.mode append"));
    }

    @Test
    void failsInWordsForAWrongPasswordAndWhereNobodyIs() {
        assertThatThrownBy(() -> task("password", "wrong"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("does not let user 'u' in")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> task("port", "1"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("127.0.0.1:1 does not answer");
    }

    private static Struct untold(long id, String deleted) {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        return new Struct(schema).put("id", id).put("__deleted", deleted);
    }

    private static Struct row(long id) {
        return new Struct(Records.ROW).put("id", id);
    }

    private static Struct one(String column, Schema type, Object value) {
        long id = value.equals(20_000) ? 2 : 1;
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field(column, type)
                .build();
        return new Struct(schema).put("id", id).put(column, value);
    }

    private DrivenTask task(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "hostname", "127.0.0.1",
                "port", String.valueOf(server.port()),
                "ssl", "false",
                "username", "u",
                "password", "p",
                "database", "dwh"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        DrivenTask task = new DrivenTask(new ClickHouseSinkTask(), all);
        tasks.add(task);
        return task;
    }
}
