package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.KeyRange;
import io.millrace.database.Rows;
import io.millrace.database.TableView;
import io.millrace.database.TransactionView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyScanTest {
    private static final TableName WIDE = new TableName("public", "wide");

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsKeysOfEveryKind(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TABLE wide (i int, t text, c char(5), b boolean, n numeric(8,2), d date, s"
                                + " timestamp(3), z timestamptz, PRIMARY KEY (i, t, c, b, n, d, s, z))",
                        "INSERT INTO wide VALUES (1, 'x ', 'ab', true, 1.50, '1969-12-31', '1970-01-01 00:00:01.5',"
                                + " '1970-01-01 00:00:01.000001+00')");
        List<List<String>> keys = new ArrayList<>();
        try (Connection session = shop.open()) {
            Optional<TableView> view = scan(session, WIDE).read(10, keys::add);

            assertThat(view.map(TableView::rows)).contains(1L);
            assertThat(view.orElseThrow().key()).hasSize(8);
            assertThat(keys).containsExactly(List.of("1", "x ", "ab", "true", "1.5", "-1", "1500000", "1000001"));
            assertThat(session.getAutoCommit()).isTrue();
        }
    }

    @Test
    void knowsWhatItsViewHolds() throws SQLException {
        Shop shop = Shop.on(18);
        try (Connection open = shop.open();
                Connection session = shop.open()) {
            open.setAutoCommit(false);
            open.createStatement().execute("INSERT INTO orders (id) VALUES (1001)");
            long unfinished = transaction(open);
            long before = transaction(session);

            TableView view = scan(session, Shop.ORDERS).read(1000, key -> {}).orElseThrow();
            open.commit();
            long after = transaction(session);

            assertThat(view.rows()).isEqualTo(100);
            assertThat(view.transactions().holds(before)).isTrue();
            assertThat(view.transactions().holds(unfinished)).isFalse();
            assertThat(view.transactions().isBefore(unfinished)).isFalse();
            assertThat(view.transactions().holds(after)).isFalse();
            assertThat(view.transactions().isBefore(after)).isTrue();
        }
    }

    @Test
    void countsTransactionsBeyondThirtyTwoBits() {
        TransactionView view = new TransactionView((3L << 32) + 10, Set.of((3L << 32) + 5));

        assertThat(view.holds(9)).isTrue();
        assertThat(view.holds(5)).isFalse();
        assertThat(view.holds((1L << 32) - 1)).isTrue();
        assertThat(view.isBefore(10)).isTrue();
    }

    @Test
    void saysWhenKeysCannotBeCompared() throws SQLException {
        Shop shop = Shop.on(18);
        shop.database()
                .execute(
                        "CREATE TABLE odd (k bytea PRIMARY KEY)",
                        "CREATE TABLE never (k timestamp PRIMARY KEY)",
                        "INSERT INTO never VALUES ('infinity')",
                        "CREATE TABLE bare (k int)");
        try (Connection session = shop.open()) {
            for (String table : List.of("odd", "never", "bare")) {
                assertThat(scan(session, new TableName("public", table)).read(10, key -> {}))
                        .as(table)
                        .isEmpty();
            }
            assertThat(scan(session, Shop.ORDERS).read(99, key -> {})).isEmpty();
        }
    }

    private static KeyScan scan(Connection session, TableName table) {
        return new KeyScan(session, table, KeyRange.everything(Optional.empty()));
    }

    private static long transaction(Connection session) throws SQLException {
        return Rows.first(session, "SELECT pg_current_xact_id()::text::bigint", row -> row.getLong(1))
                .orElseThrow();
    }
}
