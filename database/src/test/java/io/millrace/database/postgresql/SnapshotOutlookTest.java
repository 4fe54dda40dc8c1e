package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.EstimateKind;
import io.millrace.database.RowCount;
import io.millrace.database.SurrogateValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of a snapshot before it is taken: privileges, marker, surrogate keys, filters. */
class SnapshotOutlookTest {
    private static final TableName SECRET = new TableName("hidden", "secret");

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void namesMissingPrivilegesAndTheirRemedy(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE SCHEMA hidden",
                        "CREATE TABLE hidden.secret (id int PRIMARY KEY, note text)",
                        "DROP ROLE IF EXISTS reader",
                        "CREATE ROLE reader LOGIN PASSWORD 'r'");
        try (Connection session = new PostgresSessions().open(shop.address("reader", "r"))) {
            ReadPrivileges privileges = new ReadPrivileges(session);
            assertThat(privileges.missing(SECRET)).hasValueSatisfying(reason -> assertThat(reason)
                    .contains("GRANT USAGE ON SCHEMA \"hidden\" TO \"reader\"")
                    .contains("GRANT SELECT ON \"hidden\".\"secret\" TO \"reader\""));
            shop.database()
                    .execute("GRANT USAGE ON SCHEMA hidden TO reader", "GRANT SELECT (id) ON hidden.secret TO reader");
            assertThat(privileges.missing(SECRET)).isPresent();
            shop.database().execute("GRANT SELECT (note) ON hidden.secret TO reader");
            assertThat(privileges.missing(SECRET)).isEmpty();
            assertThat(privileges.hidesRows(SECRET)).isFalse();
            shop.database().execute("ALTER TABLE hidden.secret ENABLE ROW LEVEL SECURITY");
            assertThat(privileges.hidesRows(SECRET)).isTrue();
            assertThat(new LogMessages(session).canBeWritten()).isTrue();
            shop.database()
                    .execute("DO $$ DECLARE f oid; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE proname ="
                            + " 'pg_logical_emit_message' LOOP EXECUTE 'REVOKE EXECUTE ON FUNCTION ' || f::regprocedure"
                            + " || ' FROM PUBLIC'; END LOOP; END $$");
            assertThat(new LogMessages(session).canBeWritten()).isFalse();
        }
    }

    @Test
    void expectsRowsWithoutCounting() throws SQLException {
        Shop shop = Shop.on(18);
        shop.database().execute("ANALYZE orders");
        try (Connection session = shop.open()) {
            TableStatistics statistics = new TableStatistics(session);
            assertThat(statistics.planned(Shop.ORDERS, Optional.empty()))
                    .isEqualTo(new RowCount(100, EstimateKind.ESTIMATED));
            assertThat(statistics.planned(Shop.ORDERS, Optional.of("id <= 10")).rows())
                    .isBetween(5L, 20L);
        }
    }

    @Test
    void looksAtWhatASurrogateKeyHolds() throws SQLException {
        Shop shop = Shop.on(18);
        shop.database()
                .execute(
                        "CREATE TABLE log (at int, line text)",
                        "INSERT INTO log VALUES (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'd')");
        TableName log = new TableName("public", "log");
        try (Connection session = shop.open()) {
            SurrogateValues values =
                    new SurrogateValues((sql, limit) -> ReadOnly.number(session, sql, limit), Identifiers::quote);
            assertThat(values.warnings(log, "at"))
                    .satisfiesExactly(
                            nulls -> assertThat(nulls).contains("null in 1 rows"),
                            shared -> assertThat(shared).contains("2 rows share"));
            assertThat(values.warnings(Shop.ORDERS, "id")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesVolatilityBehindOperatorsAndCasts(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE FUNCTION hidden(bigint, bigint) RETURNS boolean VOLATILE LANGUAGE sql AS"
                                + " 'SELECT $1 > $2 * random()'",
                        "CREATE OPERATOR >>>> (FUNCTION = hidden, LEFTARG = bigint, RIGHTARG = bigint)",
                        "CREATE TYPE mood AS (at bigint)",
                        "CREATE FUNCTION to_mood(bigint) RETURNS mood VOLATILE LANGUAGE sql AS"
                                + " 'SELECT ROW(($1 * random())::bigint)::mood'",
                        "CREATE CAST (bigint AS mood) WITH FUNCTION to_mood(bigint)");
        try (Connection session = shop.open()) {
            FilterCheck filters = new FilterCheck(session);
            assertThat(filters.refusal(Shop.ORDERS, "id >>>> 5::bigint"))
                    .hasValueSatisfying(refusal -> assertThat(refusal.message()).contains("volatile"));
            assertThat(filters.refusal(Shop.ORDERS, "(id::mood).at > 5")).isPresent();
            assertThat(filters.refusal(Shop.ORDERS, "random() > 0.5"))
                    .hasValueSatisfying(refusal -> assertThat(refusal.message()).contains("calls random"));
            assertThat(filters.refusal(Shop.ORDERS, "id > 5 AND tags ? 'a'")).isEmpty();
            assertThat(filters.refusal(Shop.ORDERS, "true")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id > 5 | false",
                "note LIKE 'n%' AND tags @> '{\"a\": 1}' | false",
                "at > '2026-01-01' | false",
                "at > now() - interval '1 day' | true",
                "at::date = CURRENT_DATE | true",
                "note = CURRENT_USER | true",
                "id IN (SELECT id FROM orders) | true",
                "note = current_setting('TimeZone') | true"
            })
    void knowsWhichFiltersMayDecideDifferentlyLater(String filter, boolean changes) throws SQLException {
        Shop shop = Shop.on(18);
        try (Connection session = shop.open()) {
            assertThat(new FilterCheck(session).mayChange(Shop.ORDERS, filter)).isEqualTo(changes);
        }
    }
}
