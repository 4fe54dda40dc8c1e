package io.millrace.connect.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergSinkTaskTest {
    private static final String[] UPSERT = {"iceberg.mode", "upsert"};
    private static final String[] SOFT = {"iceberg.mode", "upsert", "iceberg.tables.hard-delete-enabled", "false"};

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

    /** Hands records over and lets them be due. */
    private void commit(DrivenTask run, SinkRecord... given) {
        run.put(given);
        clock.pass(Duration.ofSeconds(1));
        run.put();
    }

    @Test
    void addsARowForEachChangeUnlessAskedOtherwise() {
        try (DrivenTask run = run()) {
            commit(run, records.upsert(1, "one"), records.upsert(1, "uno"), records.delete(1, "uno"));
            commit(run, records.tombstone(1), records.truncation("orders"), records.upsert(2, null));
        }
        assertThat(lake.rows("orders", "id", "note", "__deleted"))
                .containsExactly(
                        List.of("1", "one", "false"),
                        List.of("1", "uno", "false"),
                        List.of("1", "uno", "true"),
                        List.of("2", "null", "false"));
    }

    @Test
    void showsTheLastStateOfEachKeyHoweverOftenTheSameIsOffered() {
        List<SinkRecord> all = List.of(
                records.upsert(1, "one"),
                records.upsert(2, "two"),
                records.upsert(1, "uno"),
                records.delete(2, "two"),
                records.tombstone(2),
                records.upsert(3, null));
        for (int from : new int[] {0, 3, 0}) {
            try (DrivenTask run = run(UPSERT)) {
                commit(run, all.subList(from, all.size()).toArray(SinkRecord[]::new));
                assertThat(run.deadLetters()).isEmpty();
            }
        }
        assertThat(lake.rows("orders", "id", "note")).containsExactly(List.of("1", "uno"), List.of("3", "null"));
    }

    @Test
    void changesAndDeletesRowsOfEarlierCommits() {
        try (DrivenTask run = run(UPSERT)) {
            commit(run, records.upsert(1, "one"), records.upsert(2, "two"), records.upsert(3, "three"));
            commit(run, records.upsert(2, "dos"), records.delete(3, "three"), records.tombstone(3));
            commit(run, records.upsert(3, "again"), records.delete(1, "one"));
        }
        assertThat(lake.rows("orders", "id", "note")).containsExactly(List.of("2", "dos"), List.of("3", "again"));
        assertThat(lake.table("orders").schema().identifierFieldNames()).containsExactly("id");
    }

    @Test
    void writesNoDeletesWhereNoFileCanHoldTheKeys() {
        try (DrivenTask run = run(UPSERT)) {
            commit(run, records.upsert(1, "one"), records.upsert(9, "nine"));
            commit(run, records.upsert(10, "ten"), records.upsert(20, "twenty"));
        }
        assertThat(lake.rows("orders", "id")).hasSize(4);
        assertThat(lake.table("orders").currentSnapshot().summary()).containsEntry("total-delete-files", "0");
    }

    @Test
    void marksDeletedRowsAndKeepsWhatTheyHeld() {
        try (DrivenTask run = run(SOFT)) {
            commit(run, records.upsert(1, "one"), records.upsert(2, "two"));
            commit(run, records.delete(1, null), records.tombstone(1));
        }
        assertThat(lake.rows("orders", "id", "note", "__deleted"))
                .containsExactly(List.of("1", "one", "true"), List.of("2", "two", "false"));
    }

    @Test
    void emptiesATableWithItsSource() {
        try (DrivenTask run = run(UPSERT)) {
            commit(run, records.upsert(1, "one"));
            commit(run, records.upsert(2, "two"), records.truncation("orders"), records.upsert(3, "three"));
        }
        assertThat(lake.rows("orders", "id", "note")).containsExactly(List.of("3", "three"));
    }

    @Test
    void marksAllRowsOfATableThatItsSourceEmptied() {
        try (DrivenTask run = run(SOFT)) {
            commit(run, records.upsert(1, "one"));
            commit(run, records.upsert(2, "two"), records.truncation("orders"), records.upsert(3, "three"));
        }
        assertThat(lake.rows("orders", "id", "note", "__deleted"))
                .containsExactly(
                        List.of("1", "one", "true"), List.of("2", "two", "true"), List.of("3", "three", "false"));
    }

    @Test
    void keepsTheValueOfAColumnThatARowDoesNotTell() {
        Schema part = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        try (DrivenTask run = run(UPSERT)) {
            commit(run, records.upsert(1, "large"), records.upsert(2, "larger"));
            commit(run, told(part, 1), records.upsert(2, "new"), told(part, 2), records.delete(3, null), told(part, 3));
            commit(run, records.delete(1, "large"), told(part, 1));
        }
        assertThat(lake.rows("orders", "id", "note"))
                .containsExactly(List.of("1", "null"), List.of("2", "new"), List.of("3", "null"));
    }

    private SinkRecord told(Schema schema, long id) {
        return records.record(
                "orders", Records.key(id), new Struct(schema).put("id", id).put("__deleted", "false"));
    }

    @Test
    void findsRowsByTheNamedColumnsWhereTheRecordHasNoKey() {
        Schema row = SchemaBuilder.struct()
                .field("Code", Schema.STRING_SCHEMA)
                .field("n", Schema.INT32_SCHEMA)
                .build();
        try (DrivenTask run = run("iceberg.mode", "upsert", "iceberg.tables.default-id-columns", "Code")) {
            for (int n = 0; n < 3; n++) {
                commit(
                        run,
                        records.record(
                                "codes", null, new Struct(row).put("Code", "a").put("n", n)),
                        records.record(
                                "codes",
                                null,
                                new Struct(row).put("Code", "b" + n).put("n", n)));
            }
        }
        assertThat(lake.rows("codes", "Code", "n"))
                .containsExactly(List.of("a", "2"), List.of("b0", "0"), List.of("b1", "1"), List.of("b2", "2"));
    }

    @Test
    void writesNamesInLowerCaseWhereTheyAreNotQuoted() {
        Schema row =
                SchemaBuilder.struct().field("Sum.Total", Schema.INT32_SCHEMA).build();
        try (DrivenTask run = run("iceberg.quote.identifiers", "false")) {
            commit(run, records.record("Codes", null, new Struct(row).put("Sum.Total", 7)));
        }
        assertThat(lake.rows("codes", "sum_total")).containsExactly(List.of("7"));
    }

    @Test
    void writesNoRowTwiceWhenAKillComesBetweenTheTableAndThePosition() {
        List<SinkRecord> all = List.of(records.upsert(1, "a"), records.upsert(2, "b"), records.upsert(3, "c"));
        DrivenTask killed = run();
        commit(killed, all.get(0), all.get(1));
        // It is not closed: a kill leaves no time for that.
        try (DrivenTask run = run()) {
            commit(run, all.toArray(SinkRecord[]::new));
            assertThat(run.commit()).containsEntry("orders-0", 3L);
        }
        assertThat(lake.rows("orders", "id")).containsExactly(List.of("1"), List.of("2"), List.of("3"));
        assertThat(lake.snapshots("orders")).hasSize(2);
    }

    @Test
    void losesNothingWhereOnePartitionHasRecordsOfSeveralTables() {
        SinkRecord a = shared("a", 0);
        SinkRecord b = shared("b", 1);
        SinkRecord again = shared("a", 2);
        DrivenTask killed = run();
        killed.put(a);
        clock.pass(Duration.ofSeconds(1));
        killed.put(b);
        assertThat(killed.commit()).as("b is held still").containsEntry("letters-0", 1L);
        killed.put(again);
        clock.pass(Duration.ofMillis(99));
        killed.put();
        try (DrivenTask run = run()) {
            commit(run, a, b, again);
            assertThat(run.commit()).containsEntry("letters-0", 3L);
        }
        assertThat(lake.rows("a", "id")).containsExactly(List.of("0"), List.of("2"));
        assertThat(lake.rows("b", "id")).containsExactly(List.of("1"));
    }

    /** A record that came in another topic than that of its table, as dead letters do when they come again. */
    private static SinkRecord shared(String table, long offset) {
        Struct row = new Struct(Records.KEY).put("id", offset);
        return new SinkRecord("letters", 0, null, null, row.schema(), row, offset)
                .newRecord(table, 0, null, null, row.schema(), row, null);
    }

    @Test
    void writesATopicThatWasMadeAnew() {
        Records before = new Records();
        try (DrivenTask run = run()) {
            commit(run, before.upsert(1, "a"));
            run.commit();
            run.commit();
            commit(run, before.upsert(2, "b"), before.upsert(3, "c"));
        }
        try (DrivenTask run = run()) {
            commit(run, records.upsert(4, "d"), records.upsert(5, "e"), records.upsert(6, "f"));
        }
        assertThat(lake.rows("orders", "id"))
                .containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("5"), List.of("6"));
    }

    @Test
    void commitsWhatIsHeldWhenPartitionsGoToAnotherTask() {
        try (DrivenTask run = run()) {
            run.put(records.upsert(1, "a"));
            assertThat(run.commit()).containsEntry("orders-0", 0L);
            run.revoke("orders", 0);
        }
        assertThat(lake.rows("orders", "id")).containsExactly(List.of("1"));
    }

    @Test
    void commitsWhenMemoryIsShort() {
        try (DrivenTask run = run("iceberg.commit.max.bytes", "2000")) {
            for (int i = 0; i < 100; i++) {
                run.put(records.upsert(i, "x".repeat(100)));
            }
        }
        List<Snapshot> snapshots = lake.snapshots("orders");
        assertThat(snapshots.size()).isBetween(5, 50);
    }
}
