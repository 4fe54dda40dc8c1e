package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.control.MarkerKind;
import io.millrace.control.TableName;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyOrigin;
import io.millrace.database.KeyRange;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.ReachedPostgres;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real database says of snapshots that somebody would take. */
class PostgresqlDatabasesTest {
    private static final SnapshotSource SHOP =
            new SnapshotSource(Runs.SOURCE, "shop", true, "Active", Set.of(), List.of());

    private static PostgresServer server;
    private static PostgresDatabase database;
    private static SourceDatabases databases;

    @BeforeAll
    static void fill() {
        server = PostgresServer.shared(18);
        database = server.createDatabase();
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, day date)",
                "INSERT INTO orders SELECT n, 'note', '2026-01-01'::date + n::int % 30 FROM generate_series(1, 1000) n",
                "CREATE INDEX orders_day ON orders (day)",
                "ANALYZE orders",
                "CREATE TABLE log (at int, line text)",
                "INSERT INTO log VALUES (1, 'a'), (1, 'b'), (NULL, 'c')");
        databases = databases(PostgresServer.USER, PostgresServer.PASSWORD, server.port());
    }

    @Test
    void examinesATable() {
        Examination found = databases.examine(SHOP, List.of(question("orders", "", "")));

        assertThat(found.marker()).isEqualTo(MarkerKind.LOG_MESSAGE);
        TableFacts orders = found.tables().get(0);
        assertThat(orders.problems()).isEmpty();
        assertThat(orders.warnings()).isEmpty();
        assertThat(orders.keyColumns()).containsExactly("id");
        assertThat(orders.keyOrigin()).isEqualTo(KeyOrigin.PRIMARY_KEY);
        assertThat(orders.estimate()).contains(new Estimate(1000, EstimateKind.EXACT));
        assertThat(orders.bytes()).hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(8000));
        assertThat(orders.indexUsed()).contains("orders_pkey");
    }

    @Test
    void looksAtTheFilterAndItsPlan() {
        Examination found = databases.examine(
                SHOP,
                List.of(
                        question("orders", "", "id <= 10"),
                        question("orders", "", "nope > 1"),
                        question("orders", "", "id > random() * 10")));

        TableFacts sparse = found.tables().get(0);
        assertThat(sparse.estimate()).contains(new Estimate(10, EstimateKind.EXACT));
        assertThat(sparse.bytes()).hasValueSatisfying(bytes -> assertThat(bytes).isLessThan(2000));
        assertThat(sparse.warnings()).singleElement().satisfies(warning -> assertThat(warning)
                .contains("about 10 of 1000 rows"));
        assertThat(found.tables().get(1).problems())
                .containsExactly(new Problem(
                        Problem.Code.FILTER_INVALID,
                        "column \"nope\" does not exist (Perhaps you meant to reference the column \"orders.note\".)",
                        Optional.of("additional_conditions")));
        assertThat(found.tables().get(2).problems().get(0).code()).isEqualTo(Problem.Code.FILTER_UNSUPPORTED);
    }

    @Test
    void looksIntoSurrogateKeysAndAtTheReplicaIdentity() {
        Examination found = databases.examine(
                SHOP, List.of(question("log", "at", ""), question("orders", "day", ""), question("log", "nope", "")));

        assertThat(String.join("\n", found.tables().get(0).warnings()))
                .contains("is null in 1 rows")
                .contains("2 rows share their value")
                .contains("REPLICA IDENTITY FULL");
        assertThat(found.tables().get(1).indexUsed()).contains("orders_day");
        assertThat(found.tables().get(1).keyColumns()).containsExactly("day", "id");
        assertThat(found.tables().get(2).problems().get(0).code()).isEqualTo(Problem.Code.SURROGATE_KEY_MISSING);
    }

    @Test
    void namesThePrivilegeThatIsMissing() {
        database.execute("DROP ROLE IF EXISTS clerk", "CREATE ROLE clerk LOGIN PASSWORD 'c'");

        TableFacts facts = databases("clerk", "c", server.port())
                .ask(SHOP, List.of(question("orders", "", "")))
                .get(0);

        assertThat(facts.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Problem.Code.PERMISSION_DENIED);
            assertThat(problem.message()).contains("GRANT SELECT ON \"public\".\"orders\" TO \"clerk\"");
        });
        assertThat(facts.keyColumns()).containsExactly("id");
    }

    @Test
    void asksWithoutCounting() {
        TableFacts facts =
                databases.ask(SHOP, List.of(question("orders", "", ""))).get(0);

        assertThat(facts.estimate()).contains(new Estimate(1000, EstimateKind.ESTIMATED));
    }

    @Test
    void countsARange() {
        KeyRange range = new KeyRange(
                List.of("id"), Optional.of(Runs.key(10)), Optional.of(Runs.key(30)), Optional.of("id % 2 = 0"));

        assertThat(databases.count(SHOP, Runs.topic("orders"), range, Duration.ofSeconds(30)))
                .contains(10L);
    }

    @Test
    void saysWhoCannotBeReached() {
        assertThatThrownBy(() -> databases("x", "y", 1).ask(SHOP, List.of(question("orders", "", ""))))
                .isInstanceOf(SourceUnreachableException.class)
                .hasMessageContaining("'shop'");
    }

    private static TableQuestion question(String table, String surrogate, String filter) {
        return TableQuestion.incremental(
                new TableTopic(
                        "source_" + Runs.SOURCE + ".public." + table,
                        "public." + table,
                        new TableName("public", table)),
                Optional.of(surrogate).filter(name -> !name.isEmpty()),
                Optional.of(filter).filter(text -> !text.isEmpty()));
    }

    private static SourceDatabases databases(String user, String password, int port) {
        DatabaseAddress address = new DatabaseAddress(
                "127.0.0.1",
                port,
                database.name(),
                user,
                new Password(password),
                TlsMode.DISABLE,
                Duration.ofSeconds(5),
                "millrace-test");
        return new AskedDatabases(source -> new ReachedPostgres(new PostgresSessions().open(address), "none"));
    }
}
