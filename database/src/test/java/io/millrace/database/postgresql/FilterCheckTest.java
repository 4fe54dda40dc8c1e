package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.FilterRefusal;
import io.millrace.database.FilterRefusal.Kind;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCheckTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void takesConditionsOfEveryForm(int major) throws SQLException {
        Shop shop = Shop.on(major);
        for (String filter : List.of(
                "id > 10",
                "note = 'a;b' OR note = 'it''s (' -- why",
                "tags ? 'a' AND tags ?| array['a', 'b']",
                "note LIKE '{d %' AND id IN (SELECT id FROM orders)",
                "id = 1 /* one */",
                "at > now() - interval '1 day'",
                "lower(note) = $$pg_sleep(1)$$",
                "note = 'pg_sleep(1)'")) {
            assertThat(refusal(shop, filter)).as(filter).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesWhatIsNotOneCondition(int major) throws SQLException {
        Shop shop = Shop.on(major);
        for (String filter : List.of(
                "",
                "   ",
                "-- nothing",
                "id",
                "1=1) OR (1=1",
                "1=1 AS boolean) OR CAST(1=1",
                "SELECT true AS boolean) OR (SELECT true",
                "SELECT true",
                "true) UNION SELECT 1 WHERE (true",
                "true); DELETE FROM orders; SELECT (true",
                "true); COMMIT; DELETE FROM orders; SELECT 1 WHERE (true",
                "true;",
                "true) --",
                "true /*",
                "true /* /* */",
                "((id = 1)",
                "id = 1)",
                "note = 'open",
                "note = \"open",
                "id = $1",
                "id = ?",
                "nothing_like_it = 1",
                "count(*) > 1",
                "generate_series(1, 2) = 1",
                "1 / 0 = 1",
                "EXISTS (WITH gone AS (DELETE FROM orders RETURNING 1) SELECT * FROM gone)",
                "EXISTS (SELECT 1 FROM orders FOR UPDATE)",
                "id IN (SELECT id FROM no_such_table)",
                "true\0")) {
            assertThat(refusal(shop, filter).map(FilterRefusal::kind))
                    .as(filter)
                    .contains(Kind.INVALID);
        }
        assertThat(shop.database().query("SELECT count(*) FROM orders")).containsExactly(List.of("100"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesFunctionsThatDoSomethingOrChangeTheirMind(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE FUNCTION \"Odd (\"\"fn\"\"\"() RETURNS boolean LANGUAGE plpgsql AS"
                                + " 'BEGIN DELETE FROM orders; RETURN true; END'",
                        "CREATE SEQUENCE numbers");
        for (String filter : List.of(
                "pg_sleep(1) IS NULL",
                "id > random()",
                "pg_terminate_backend(1)",
                "set_config('transaction_read_only', 'off', true) = 'off'",
                "\"Odd (\"\"fn\"\"\"()",
                "\"pg_sleep\" (1) IS NULL",
                "id IN (SELECT nextval('numbers'))",
                "EXISTS (SELECT 1 FROM orders o WHERE o.id > random())",
                "note = 'a\n' OR pg_sleep(1) IS NULL OR note = 'b'",
                "EXISTS (WITH \"it's\" AS MATERIALIZED (SELECT 1) SELECT * FROM \"it's\") AND pg_sleep(1) IS NULL",
                "note = E'\\'' OR pg_sleep(1) IS NULL OR note = ''''")) {
            assertThat(refusal(shop, filter).map(FilterRefusal::kind))
                    .as(filter)
                    .contains(Kind.UNSUPPORTED);
        }
        assertThat(shop.database().query("SELECT count(*) FROM orders")).containsExactly(List.of("100"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void seesVolatileFunctionsWhereNoRowIsReadYet(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database().execute("CREATE TABLE days (day date) PARTITION BY RANGE (day)");
        try (Connection session = shop.open()) {
            FilterCheck check = new FilterCheck(session);
            assertThat(check.refusal(new TableName("public", "days"), "pg_sleep(1) IS NULL")
                            .map(FilterRefusal::kind))
                    .contains(Kind.UNSUPPORTED);
            assertThat(check.refusal(new TableName("public", "days"), "day > now()"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void tellsMissingRightsApart(int major) throws SQLException {
        Shop shop = Shop.on(major);
        String role = "reader_" + shop.database().name();
        shop.database().execute("CREATE ROLE " + role + " LOGIN PASSWORD 'reads-nothing'");
        try (Connection session = new PostgresSessions().open(shop.address(role, "reads-nothing"))) {
            assertThat(new FilterCheck(session).refusal(Shop.ORDERS, "id > 1"))
                    .contains(new FilterRefusal(Kind.NOT_PERMITTED, "permission denied for table orders"));
        }
        shop.database().execute("DROP ROLE " + role);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void answersInTheWordsOfTheDatabase(int major) throws SQLException {
        assertThat(refusal(Shop.on(major), "nots > 1"))
                .contains(new FilterRefusal(
                        Kind.INVALID,
                        "column \"nots\" does not exist (Perhaps you meant to reference the column \"orders.note\".)"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void leavesTheSessionAsItWas(int major) throws SQLException {
        Shop shop = Shop.on(major);
        try (Connection session = shop.open()) {
            FilterCheck check = new FilterCheck(session);
            assertThat(check.refusal(Shop.ORDERS, "broken (")).isPresent();
            assertThat(check.refusal(Shop.ORDERS, "id > 1")).isEmpty();
            assertThat(session.getAutoCommit()).isTrue();
            assertThat(Rows.first(session, "SHOW transaction_read_only", row -> row.getString(1)))
                    .contains("off");
            assertThat(Rows.first(session, "SHOW statement_timeout", row -> row.getString(1)))
                    .contains("0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void knowsTablesAndColumnsOfOddNames(int major) throws SQLException {
        Shop shop = Shop.on(major);
        try (Connection session = shop.open()) {
            assertThat(new FilterCheck(session)
                            .refusal(Shop.ODD, "\"Ïd.\"\"x\"\" \" > 1 AND \"DROP TABLE orders; --\" = ''"))
                    .isEmpty();
        }
    }

    private static Optional<FilterRefusal> refusal(Shop shop, String filter) throws SQLException {
        try (Connection session = shop.open()) {
            return new FilterCheck(session).refusal(Shop.ORDERS, filter);
        }
    }
}
