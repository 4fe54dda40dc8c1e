package io.millrace.connect.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables are made of: types, their changes, and files. */
class TablesTest {
    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private final Records records = new Records();
    private Lake lake;

    @BeforeEach
    void open() {
        lake = new Lake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private DrivenTask run(String... settings) {
        return new DrivenTask(new IcebergSinkTask(clock), lake.settings(settings));
    }

    private void commit(DrivenTask run, SinkRecord... given) {
        run.put(given);
        clock.pass(Duration.ofSeconds(1));
        run.put();
    }

    @Test
    void hasTheNaturalTypeForEachColumn() {
        try (DrivenTask run = run()) {
            commit(
                    run,
                    records.record("everything", null, Records.everything()),
                    records.record("everything", null, Records.nothing()));
            assertThat(run.deadLetters()).isEmpty();
        }
        Map<String, String> types = new LinkedHashMap<>();
        lake.table("everything")
                .schema()
                .columns()
                .forEach(field -> types.put(field.name(), field.type().toString()));
        assertThat(types)
                .containsEntry("c_boolean", "boolean")
                .containsEntry("c_int16", "int")
                .containsEntry("c_int64", "long")
                .containsEntry("c_float32", "float")
                .containsEntry("c_nan", "double")
                .containsEntry("c_number", "string")
                .containsEntry("c_decimal", "decimal(10, 2)")
                .containsEntry("c_bytes", "binary")
                .containsEntry("c_date", "date")
                .containsEntry("c_time", "time")
                .containsEntry("c_time_zoned", "string")
                .containsEntry("c_timestamp", "timestamp")
                .containsEntry("c_timestamp_zoned", "timestamptz")
                .containsEntry("c_uuid", "uuid")
                .containsEntry("c_json", "string")
                .containsEntry("c_bits", "string")
                .containsEntry("c_array", "list<int>");
        assertThat(lake.rows(
                                "everything",
                                "c_int16",
                                "c_int64",
                                "c_float64",
                                "c_nan",
                                "c_number",
                                "c_decimal",
                                "c_text",
                                "c_date",
                                "c_time",
                                "c_timestamp",
                                "c_timestamp_zoned",
                                "c_uuid",
                                "c_interval",
                                "c_bits",
                                "c_array")
                        .get(0))
                .containsExactly(
                        "-32768",
                        "9223372036854775807",
                        "-2.25E300",
                        "NaN",
                        "12345678901234567890123456789012345678.901",
                        "12345678.90",
                        "Grüße 𝄞 \"quoted\"\n\\",
                        "2026-02-28",
                        "07:05:09.000001",
                        "2026-02-28T23:59:59.123456",
                        "2026-02-28T23:59:59.123456Z",
                        "c0ffee00-0000-4000-8000-000000000001",
                        "P1Y2M3DT4H5M6.7S",
                        "101",
                        "[1, null, 3]");
    }

    @Test
    void isReadByDuckDbAsWritten() throws SQLException {
        try (DrivenTask run = run()) {
            commit(run, records.record("everything", null, Records.everything()));
        }
        String file = onlyFile("everything");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery("SELECT c_decimal::text, c_time::text, c_timestamp::text,"
                        + " (c_timestamp_zoned AT TIME ZONE 'UTC')::text, c_uuid::text, c_array::text, hex(c_bytes),"
                        + " isnan(c_nan), typeof(c_uuid) FROM read_parquet('" + file + "')")) {
            List<String> values = new ArrayList<>();
            row.next();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            assertThat(values)
                    .containsExactly(
                            "12345678.90",
                            "07:05:09.000001",
                            "2026-02-28 23:59:59.123456",
                            "2026-02-28 23:59:59.123456",
                            "c0ffee00-0000-4000-8000-000000000001",
                            "[1, NULL, 3]",
                            "00FF",
                            "true",
                            "UUID");
        }
    }

    private String onlyFile(String table) {
        List<String> files = new ArrayList<>();
        lake.table(table)
                .newScan()
                .planFiles()
                .forEach(file -> files.add(file.file().location()));
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    @Test
    void followsColumnsThatAreAddedWidenedAndDropped() {
        Schema two =
                Decimal.builder(2).parameter("connect.decimal.precision", "6").build();
        Schema more =
                Decimal.builder(2).parameter("connect.decimal.precision", "12").build();
        try (DrivenTask run = run("iceberg.mode", "upsert")) {
            commit(run, row(1, Schema.INT32_SCHEMA, 5, Schema.FLOAT32_SCHEMA, 1.5f, two, "1.25"));
            commit(run, row(2, Schema.INT64_SCHEMA, 5_000_000_000L, Schema.FLOAT64_SCHEMA, 0.1, more, "1234567890.12"));
            commit(run, row(3, Schema.INT32_SCHEMA, 6, Schema.FLOAT32_SCHEMA, 2.5f, two, "3.00"));
            commit(run, records.record("t", Records.key(4), new Struct(Records.KEY).put("id", 4L)));
            assertThat(run.deadLetters()).isEmpty();
        }
        assertThat(lake.rows("t", "id", "n", "f", "d"))
                .containsExactly(
                        List.of("1", "5", "1.5", "1.25"),
                        List.of("2", "5000000000", "0.1", "1234567890.12"),
                        List.of("3", "6", "2.5", "3.00"),
                        List.of("4", "null", "null", "null"));
    }

    private SinkRecord row(long id, Schema n, Object number, Schema f, Object ratio, Schema d, String decimal) {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("n", n)
                .field("f", f)
                .field("d", d)
                .build();
        return records.record(
                "t",
                Records.key(id),
                new Struct(schema)
                        .put("id", id)
                        .put("n", number)
                        .put("f", ratio)
                        .put("d", new BigDecimal(decimal)));
    }

    @Test
    void goesOnBesideAColumnThatIcebergCannotWiden() {
        try (DrivenTask run = run("iceberg.mode", "upsert")) {
            commit(run, value(1, Schema.INT32_SCHEMA, 5));
            commit(run, value(2, Schema.STRING_SCHEMA, "words"), value(3, Schema.INT32_SCHEMA, 7));
            commit(run, value(1, Schema.STRING_SCHEMA, "five"));
            assertThat(run.deadLetters()).isEmpty();
        }
        assertThat(lake.rows("v", "id", "n", "n_string"))
                .containsExactly(List.of("1", "5", "five"), List.of("2", "null", "words"), List.of("3", "7", "null"));
    }

    private SinkRecord value(long id, Schema type, Object value) {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("n", type)
                .build();
        return records.record(
                "v", Records.key(id), new Struct(schema).put("id", id).put("n", value));
    }

    @Test
    void letsColumnsOfATableThatWasThereBeNull() {
        try (DrivenTask run = run()) {
            commit(run, records.upsert(1, "one"));
        }
        UpdateSchema update = lake.table("orders").updateSchema().allowIncompatibleChanges();
        update.requireColumn("note").commit();
        try (DrivenTask run = run()) {
            commit(run, records.upsert(2, null));
            assertThat(run.deadLetters()).isEmpty();
        }
        assertThat(lake.rows("orders", "id", "note")).containsExactly(List.of("1", "one"), List.of("2", "null"));
    }

    @Test
    void setsARecordAsideWhoseValueDoesNotFit() {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "t",
                        SchemaBuilder.int64().name("io.debezium.time.MicroTime").build())
                .build();
        try (DrivenTask run = run("iceberg.mode", "upsert")) {
            commit(
                    run,
                    records.record(
                            "times",
                            Records.key(1),
                            new Struct(schema).put("id", 1L).put("t", 1L)),
                    records.record(
                            "times",
                            Records.key(2),
                            new Struct(schema).put("id", 2L).put("t", 86_400_000_000L)),
                    records.record(
                            "times",
                            Records.key(3),
                            new Struct(schema).put("id", 3L).put("t", 3L)));
            assertThat(run.deadLetters()).singleElement().satisfies(refused -> {
                assertThat(refused.reason()).contains("'t'").contains("24:00:00");
                assertThat(refused.record().key()).hasToString("Struct{id=2}");
            });
        }
        assertThat(lake.rows("times", "id")).containsExactly(List.of("1"), List.of("3"));
    }

    @Test
    void mergesSmallFilesAndForgetsOldSnapshots() {
        String[] settings = {
            "iceberg.mode", "upsert",
            "iceberg.tables.compaction.enabled", "true",
            "iceberg.tables.compaction.commit-threshold", "4",
            "iceberg.tables.compaction.min-small-files", "3",
            "iceberg.tables.compaction.expire-snapshots", "true",
            "iceberg.tables.compaction.retain-last", "2"
        };
        List<SinkRecord> all = new ArrayList<>();
        try (DrivenTask run = run(settings)) {
            for (int i = 0; i < 4; i++) {
                SinkRecord changed = records.upsert(1, "round " + i);
                SinkRecord added = records.upsert(10 + i, "added");
                all.addAll(List.of(changed, added));
                commit(run, changed, added);
            }
        }
        List<FileScanTask> files = new ArrayList<>();
        lake.table("orders").newScan().planFiles().forEach(files::add);
        assertThat(files).singleElement().satisfies(file -> assertThat(file.deletes())
                .isEmpty());
        assertThat(lake.table("orders").currentSnapshot().summary()).containsEntry("total-delete-files", "0");
        assertThat(lake.snapshots("orders")).hasSize(2);
        assertThat(lake.rows("orders", "id", "note"))
                .containsExactly(
                        List.of("1", "round 3"),
                        List.of("10", "added"),
                        List.of("11", "added"),
                        List.of("12", "added"),
                        List.of("13", "added"));
        try (DrivenTask run = run()) {
            commit(run, all.toArray(SinkRecord[]::new));
        }
        assertThat(lake.rows("orders", "id")).as("a merge forgets no position").hasSize(5);
    }

    @Test
    void leavesFilesAloneWhileTheyAreFewOrLarge() {
        String[] few = {
            "iceberg.tables.compaction.enabled", "true",
            "iceberg.tables.compaction.commit-threshold", "1",
            "iceberg.tables.compaction.min-small-files", "4"
        };
        try (DrivenTask run = run(few)) {
            for (int i = 0; i < 3; i++) {
                commit(run, records.upsert(i, "x"));
            }
        }
        assertThat(lake.snapshots("orders")).hasSize(3);
        String[] large = {
            "iceberg.tables.compaction.enabled", "true",
            "iceberg.tables.compaction.commit-threshold", "1",
            "iceberg.tables.compaction.min-small-files", "1",
            "iceberg.tables.compaction.target-file-size-bytes", "10"
        };
        try (DrivenTask run = run(large)) {
            commit(run, records.upsert(9, "x"));
        }
        assertThat(lake.snapshots("orders")).hasSize(4);
    }

    @Test
    void mergesNoMoreFilesAtATimeThanAsked() {
        String[] settings = {
            "iceberg.tables.compaction.enabled", "true",
            "iceberg.tables.compaction.commit-threshold", "5",
            "iceberg.tables.compaction.max-files-per-run", "2"
        };
        try (DrivenTask run = run(settings)) {
            for (int i = 0; i < 5; i++) {
                commit(run, records.upsert(i, "x"));
            }
        }
        Table table = lake.catalog().loadTable(TableIdentifier.of(Lake.NAMESPACE, "orders"));
        List<FileScanTask> files = new ArrayList<>();
        table.newScan().planFiles().forEach(files::add);
        assertThat(files).hasSize(4);
        assertThat(lake.rows("orders", "id")).hasSize(5);
    }
}
