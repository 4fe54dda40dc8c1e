package io.millrace.connect.sinks.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sink does whatever the product is. */
abstract class SqlSinkContract {
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;

    /** Returns the settings of an empty database of its own for each test. */
    abstract Map<String, String> freshDatabase();

    abstract void execute(String sql);

    /** Returns rows of the database of this test, each value as text, nothing as {@code null}. */
    abstract List<List<String>> query(String sql);

    private Map<String, String> database = Map.of();

    @BeforeEach
    void makeDatabase() {
        database = freshDatabase();
    }

    private DrivenTask run(String... settings) {
        Map<String, String> all = new HashMap<>(database);
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new DrivenTask(new SqlSinkTask(), all);
    }

    @Test
    void showsTheLastStateOfEachKeyHoweverOftenTheSameIsOffered() {
        Changes orders = new Changes("orders").with("note", TEXT);
        List<SinkRecord> records = List.of(
                orders.upsert(1, "one"),
                orders.upsert(2, "two"),
                orders.upsert(1, "uno"),
                orders.delete(2, "two"),
                orders.tombstone(2),
                orders.upsert(3, (Object) null));
        try (DrivenTask run = run("sql.hard.delete", "true")) {
            run.put(records);
            run.put(records);
            run.put(records.subList(2, 6));
            assertThat(run.deadLetters()).isEmpty();
        }
        assertThat(query("SELECT id, note FROM orders ORDER BY id")).containsExactly(row(1, "uno"), row(3, null));
    }

    @Test
    void writesNothingOfAnEarlierBatchAgain() {
        Changes docs = new Changes("docs").with("body", TEXT);
        try (DrivenTask run = run("sql.hard.delete", "true")) {
            for (int length : List.of(10, 1_500_000, 10, 1_500_000, 10)) {
                run.put(docs.upsert(length, "x".repeat(length)), docs.upsert(3, "y"));
                execute("DELETE FROM docs");
            }
            run.put(docs.upsert(4, "z"));
            assertThat(run.deadLetters()).isEmpty();
        }
        assertThat(query("SELECT id, body FROM docs")).containsExactly(row(4, "z"));
    }

    @Test
    void keepsTheValueOfAColumnThatARowDoesNotTell() {
        Changes whole = new Changes("docs").with("title", TEXT).with("body", TEXT);
        Changes part = new Changes("docs").with("title", TEXT);
        try (DrivenTask run = run()) {
            run.put(whole.upsert(1, "a", "large"), whole.upsert(2, "b", "larger"));
            run.put(part.upsert(1, "c"));
            run.put(whole.upsert(2, "d", "new"), part.upsert(2, "e"));
        }
        assertThat(query("SELECT id, title, body FROM docs ORDER BY id"))
                .containsExactly(row(1, "c", "large"), row(2, "e", "new"));
    }

    @Test
    void letsNoRowInheritColumnsOfADeletedOne() {
        Changes before = new Changes("t").with("a", TEXT).with("b", TEXT);
        Changes after = new Changes("t").with("a", TEXT);
        try (DrivenTask run = run("sql.hard.delete", "true")) {
            run.put(before.upsert(1, "x", "y"));
            run.put(before.delete(1, "x", "y"), after.upsert(1, "z"));
        }
        assertThat(query("SELECT id, a, b FROM t")).containsExactly(row(1, "z", null));
    }

    @Test
    void marksDeletedRowsAndKeepsWhatTheyHeld() {
        Changes orders = new Changes("orders").with("note", TEXT);
        try (DrivenTask run = run()) {
            run.put(orders.upsert(1, "one"), orders.upsert(2, "two"));
            run.put(orders.delete(1, (Object) null), orders.tombstone(1));
        }
        assertThat(query("SELECT id, note, __deleted FROM orders ORDER BY id"))
                .containsExactly(row(1, "one", "true"), row(2, "two", "false"));
    }

    @Test
    void emptiesATableWithItsSource() {
        Changes orders = new Changes("orders").with("note", TEXT);
        try (DrivenTask run = run("sql.hard.delete", "true")) {
            run.put(orders.upsert(1, "one"));
            run.put(orders.upsert(2, "two"), orders.truncation(), orders.upsert(3, "three"));
        }
        assertThat(query("SELECT id, note FROM orders")).containsExactly(row(3, "three"));
    }

    @Test
    void marksAllRowsOfATableThatItsSourceEmptied() {
        Changes orders = new Changes("orders").with("note", TEXT);
        try (DrivenTask run = run()) {
            run.put(orders.upsert(1, "one"));
            run.put(orders.upsert(2, "two"), orders.truncation(), orders.upsert(3, "three"));
        }
        assertThat(query("SELECT id, __deleted FROM orders ORDER BY id"))
                .containsExactly(row(1, "true"), row(2, "true"), row(3, "false"));
    }

    @Test
    void addsARowForEachChangeWhereThatIsWanted() {
        Changes orders = new Changes("orders").with("note", TEXT);
        try (DrivenTask run = run("sql.mode", "append")) {
            run.put(orders.upsert(1, "one"), orders.upsert(1, "uno"), orders.delete(1, "uno"), orders.tombstone(1));
        }
        assertThat(query("SELECT id, note, __deleted FROM orders ORDER BY __deleted, note"))
                .containsExactlyInAnyOrder(row(1, "one", "false"), row(1, "uno", "false"), row(1, "uno", "true"));
    }

    @Test
    void addsRowsOfATableThatHasNoKey() {
        Changes log = new Changes("log").with("note", TEXT);
        try (DrivenTask run = run()) {
            run.put(log.keyless(1, "a"), log.keyless(1, "a"));
        }
        assertThat(query("SELECT id, note FROM log")).containsExactly(row(1, "a"), row(1, "a"));
    }

    @Test
    void followsColumnsThatAreAddedWidenedAndDropped() {
        try (DrivenTask run = run()) {
            run.put(new Changes("t").with("n", Schema.INT32_SCHEMA).upsert(1, 5));
            run.put(new Changes("t")
                    .with("n", Schema.INT64_SCHEMA)
                    .with("added", TEXT)
                    .upsert(2, 5_000_000_000L, "x"));
            run.put(new Changes("t").with("n", Schema.OPTIONAL_INT32_SCHEMA).upsert(3, (Object) null));
            run.put(new Changes("t").with("n", TEXT).upsert(4, "words"));
            run.put(new Changes("t").upsert(5));
            assertThat(run.deadLetters()).isEmpty();
        }
        assertThat(query("SELECT id, n, added FROM t ORDER BY id"))
                .containsExactly(
                        row(1, "5", null),
                        row(2, "5000000000", "x"),
                        row(3, null, null),
                        row(4, "words", null),
                        row(5, null, null));
    }

    @Test
    void refusesWhatDoesNotFitWhereTablesMustNotChange() {
        Changes known = new Changes("t").with("a", TEXT);
        try (DrivenTask run = run()) {
            run.put(known.upsert(1, "x"));
        }
        try (DrivenTask run = run("sql.schema.evolution", "none")) {
            run.put(
                    known.upsert(2, "y"),
                    new Changes("t").with("a", TEXT).with("b", TEXT).upsert(3, "z", "new"),
                    known.upsert(4, "w"));
            assertThat(run.deadLetters()).singleElement().satisfies(refused -> {
                assertThat(refused.reason()).contains("schema.evolution").contains("b");
                assertThat(refused.record().key()).hasToString("Struct{id=3}");
            });
        }
        assertThat(query("SELECT id FROM t ORDER BY id")).containsExactly(row(1), row(2), row(4));
    }

    @Test
    void setsARecordAsideThatTheDatabaseCannotTake() {
        execute("CREATE TABLE t (id integer PRIMARY KEY, n integer CHECK (n <> 17), __deleted varchar(10))");
        Changes changes = new Changes("t").with("n", Schema.INT32_SCHEMA);
        try (DrivenTask run = run()) {
            run.put(IntStream.range(0, 50)
                    .mapToObj(id -> changes.upsert(id, id))
                    .toList());
            assertThat(run.deadLetters()).singleElement().satisfies(refused -> {
                assertThat(refused.record().key()).hasToString("Struct{id=17}");
                assertThat(refused.reason()).isNotBlank();
            });
        }
        assertThat(query("SELECT count(*), sum(n) FROM t")).containsExactly(row(49, 1225 - 17));
    }

    @Test
    void writesManyRowsOfManyTablesAtOnce() {
        List<SinkRecord> records = new ArrayList<>();
        List<Changes> tables = IntStream.range(0, 5)
                .mapToObj(table -> new Changes("table " + table).with("note", TEXT))
                .toList();
        for (int i = 0; i < 10_000; i++) {
            records.add(tables.get(i % 5).upsert(i, "note " + i));
        }
        try (DrivenTask run = run()) {
            run.put(records);
        }
        for (int table = 0; table < 5; table++) {
            assertThat(query("SELECT count(*) FROM " + quoted("table " + table)))
                    .containsExactly(row(2_000));
        }
    }

    abstract String quoted(String name);

    @Test
    void failsInWordsWhereItCannotConnect() {
        Map<String, String> wrong = unreachable(database);
        assertThatThrownBy(() -> new DrivenTask(new SqlSinkTask(), wrong).close())
                .isInstanceOf(ConnectException.class)
                .message()
                .isNotBlank();
    }

    /** Returns settings that do not lead to the database. */
    abstract Map<String, String> unreachable(Map<String, String> settings);

    static List<String> row(Object... values) {
        return Arrays.stream(values).map(String::valueOf).toList();
    }
}
