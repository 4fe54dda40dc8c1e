package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.control.MarkerKind;
import io.millrace.control.TableName;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyOrigin;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.mariadb.ReachedMariaDb;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real MariaDB says of snapshots that somebody would take. */
class MariadbDatabasesTest {
    private static final SnapshotSource SHOP =
            new SnapshotSource(Runs.SOURCE, "shop", true, "Active", Set.of(), List.of());

    private static MariaDbDatabase database;
    private static SourceDatabases databases;

    @BeforeAll
    static void fill() {
        database = MariaDbServer.shared().createDatabase();
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, day date, KEY by_day (day))",
                "INSERT INTO orders SELECT seq, 'note', '2026-01-01' + INTERVAL seq % 30 DAY FROM seq_1_to_1000",
                "CREATE TABLE log (at int, line text)",
                "INSERT INTO log VALUES (1, 'a'), (1, 'b'), (NULL, 'c')");
        databases = databases(
                MariaDbServer.USER, MariaDbServer.PASSWORD, database.server().port());
    }

    @Test
    void examinesTablesTheirKeysAndFilters() {
        Examination found = databases.examine(
                SHOP,
                List.of(
                        question("orders", "", "id <= 10"),
                        question("orders", "day", ""),
                        question("log", "at", ""),
                        question("log", "", "")));

        assertThat(found.marker()).isEqualTo(MarkerKind.POSITION);
        TableFacts sparse = found.tables().get(0);
        assertThat(sparse.problems()).isEmpty();
        assertThat(sparse.keyColumns()).containsExactly("id");
        assertThat(sparse.estimate()).contains(new Estimate(10, EstimateKind.EXACT));
        assertThat(sparse.indexUsed()).contains("PRIMARY");
        assertThat(sparse.warnings()).singleElement().satisfies(warning -> assertThat(warning)
                .contains("about 10 of 1000 rows"));
        assertThat(found.tables().get(1).keyColumns()).containsExactly("day", "id");
        assertThat(found.tables().get(1).indexUsed()).contains("by_day");
        assertThat(String.join("\n", found.tables().get(2).warnings()))
                .contains("are read first")
                .contains("is null in 1 rows")
                .contains("2 rows share their value")
                .contains("each chunk reads the whole table");
        assertThat(found.tables().get(3).keyOrigin()).isEqualTo(KeyOrigin.NONE);
    }

    @Test
    void examinesTablesThatABlockingSnapshotWouldRead() {
        database.execute("CREATE TABLE heap (id int PRIMARY KEY) ENGINE = Aria");

        Examination found = databases.examine(SHOP, List.of(blocking("orders"), blocking("log"), blocking("heap")));

        assertThat(found.tables().get(0).problems()).isEmpty();
        assertThat(found.tables().get(0).warnings()).isEmpty();
        assertThat(found.tables().get(1).problems()).isEmpty();
        assertThat(found.tables().get(1).estimate()).contains(new Estimate(3, EstimateKind.EXACT));
        assertThat(found.tables().get(1).warnings()).singleElement().satisfies(warning -> assertThat(warning)
                .contains("one connection reads all of it"));
        assertThat(found.tables().get(2).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Problem.Code.MARKER_UNAVAILABLE);
            assertThat(problem.message()).contains("Aria").contains("incremental");
        });
    }

    @Test
    void namesEveryKindOfProblem() {
        database.execute("CREATE OR REPLACE USER outsider IDENTIFIED BY 'o'");

        assertThat(codes(databases, question("nope", "", ""))).containsExactly(Problem.Code.UNKNOWN_TOPIC);
        assertThat(codes(databases, question("orders", "", "nope > 1"))).containsExactly(Problem.Code.FILTER_INVALID);
        assertThat(codes(databases, question("orders", "", "id > rand()")))
                .containsExactly(Problem.Code.FILTER_UNSUPPORTED);
        assertThat(codes(databases, question("orders", "nope", "")))
                .containsExactly(Problem.Code.SURROGATE_KEY_MISSING);
        assertThat(codes(databases, question("orders", "note", "")))
                .containsExactly(Problem.Code.SURROGATE_KEY_UNUSABLE);
        assertThat(codes(databases("outsider", "o", database.server().port()), question("orders", "", "")))
                .containsExactly(Problem.Code.PERMISSION_DENIED);
        assertThatThrownBy(() -> databases("x", "y", 1).ask(SHOP, List.of(question("orders", "", ""))))
                .isInstanceOf(SourceUnreachableException.class)
                .hasMessageContaining("'shop'");
    }

    private static List<Problem.Code> codes(SourceDatabases asked, TableQuestion question) {
        return asked.ask(SHOP, List.of(question)).get(0).problems().stream()
                .map(Problem::code)
                .toList();
    }

    private static TableQuestion blocking(String table) {
        return TableQuestion.blocking(topic(table));
    }

    private static TableTopic topic(String table) {
        String name = database.name() + "." + table;
        return new TableTopic("source_" + Runs.SOURCE + "." + name, name, new TableName(database.name(), table));
    }

    private static TableQuestion question(String table, String surrogate, String filter) {
        return TableQuestion.incremental(
                topic(table),
                Optional.of(surrogate).filter(column -> !column.isEmpty()),
                Optional.of(filter).filter(text -> !text.isEmpty()));
    }

    private static SourceDatabases databases(String user, String password, int port) {
        DatabaseAddress address = new DatabaseAddress(
                "127.0.0.1",
                port,
                "",
                user,
                new Password(password),
                TlsMode.DISABLE,
                Duration.ofSeconds(5),
                "millrace-test");
        return new AskedDatabases(source -> new ReachedMariaDb(new MariaDbSessions().open(address)));
    }
}
