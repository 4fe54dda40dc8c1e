package io.millrace.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.database.FilterRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCheckTest {
    private static Shop shop;
    private static Connection session;

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
        shop.database()
                .execute(
                        "CREATE SEQUENCE s",
                        "CREATE FUNCTION steady(a int) RETURNS int DETERMINISTIC RETURN a + 1",
                        "CREATE FUNCTION loose(a int) RETURNS int NOT DETERMINISTIC NO SQL RETURN a + 1");
        session = shop.session();
    }

    @AfterAll
    static void close() throws SQLException {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id > 10",
                "id > 10 -- the newer ones",
                "id > 10 # the newer ones",
                "note LIKE 'a\\_%' OR note = 'it''s' OR note = \"rand()\"",
                "note = 'rand()' /* sleep(1) */",
                "day >= current_date - INTERVAL 7 DAY",
                "`id` IN (SELECT max(id) FROM information_schema.TABLES AS t, (SELECT 1 AS id) AS i)",
                "id"
            })
    void takesACondition(String filter) throws SQLException {
        assertThat(refusal(filter)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nope > 1",
                "id >",
                "1=1) OR (1=1",
                "1=1; DROP TABLE orders",
                "1=1) UNION SELECT 1 FROM (SELECT 1",
                "id > 1 LIMIT 5",
                "id > 1 INTO OUTFILE 'x'",
                "id = ?",
                "note = 'open",
                "id > 1 /* open",
                "id IN (SELECT id FROM other)",
                "id > 1 \0"
            })
    void refusesWhatIsNoConditionOnTheTable(String filter) throws SQLException {
        assertThat(refusal(filter))
                .hasValueSatisfying(refused -> assertThat(refused.kind()).isEqualTo(FilterRefusal.Kind.INVALID));
        assertThat(shop.database().query("SELECT count(*) FROM orders").get(0)).containsExactly("100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id > rand() * 10",
                "id > RAND /* x */ () * 10",
                "id > `rand`() * 10",
                "sleep(60) = 0",
                "id > @a",
                "(@a := id) > 1",
                "id = 1 /*! OR rand() > 0.5 */",
                "get_lock('x', 60)",
                "uuid() <> note"
            })
    void refusesWhatDecidesDifferentlyEachTime(String filter) throws SQLException {
        assertThat(refusal(filter))
                .hasValueSatisfying(refused -> assertThat(refused.kind()).isEqualTo(FilterRefusal.Kind.UNSUPPORTED));
    }

    @Test
    void takesStoredFunctionsThatAreDeclaredDeterministicOnly() throws SQLException {
        String name = shop.database().name();

        assertThat(refusal(name + ".steady(id) > 5")).isEmpty();
        assertThat(refusal(name + ".loose(id) > 5"))
                .hasValueSatisfying(refused -> assertThat(refused.message()).contains("DETERMINISTIC"));
        assertThat(refusal("nextval(" + name + ".s) > 5"))
                .hasValueSatisfying(refused -> assertThat(refused.message()).contains("nextval"));
        assertThat(refusal("(NEXT VALUE FOR " + name + ".s) > 5"))
                .hasValueSatisfying(refused -> assertThat(refused.message()).contains("sequence"));
    }

    @Test
    void namesWhatTheUserMayNotRead() throws SQLException {
        String user = shop.user("clerk", "SELECT ON " + shop.database().name() + ".orders");
        try (Connection theirs = new MariaDbSessions().open(shop.address(user, "secret"))) {
            Optional<FilterRefusal> refusal =
                    new FilterCheck(theirs).refusal(shop.table("orders"), "id IN (SELECT 1 FROM mysql.user)");

            assertThat(refusal).hasValueSatisfying(refused -> assertThat(refused.kind())
                    .isEqualTo(FilterRefusal.Kind.NOT_PERMITTED));
        }
    }

    @Test
    void tellsWhatMayChangeFromWhatHangsOnTheRowAlone() {
        FilterCheck check = new FilterCheck(session);

        assertThat(check.mayChange("id > 10 AND lower(note) = 'now()'")).isFalse();
        assertThat(check.mayChange("day > CURRENT_DATE")).isTrue();
        assertThat(check.mayChange("id IN (SELECT 1)")).isTrue();
    }

    private static Optional<FilterRefusal> refusal(String filter) throws SQLException {
        return new FilterCheck(session).refusal(shop.table("orders"), filter);
    }
}
