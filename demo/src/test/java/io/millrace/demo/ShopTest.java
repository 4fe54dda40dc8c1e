package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShopTest {
    private static final ShopSize SMALL = new ShopSize(50, 20, 100, 3);

    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @Test
    void hasRowsOfEveryKindWithNullsAmongThem() throws SQLException {
        try (Connection connection = database.connect()) {
            Shop.open(connection, SMALL);
        }

        assertThat(database.query("SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM products), "
                        + "(SELECT count(*) FROM orders), (SELECT count(*) FROM order_items)"))
                .containsExactly(List.of("50", "20", "100", "300"));
        assertThat(database.query("SELECT count(shipped_at), count(note) FROM orders"))
                .containsExactly(List.of("50", "10"));
        assertThat(database.query("SELECT count(*) FROM order_items LEFT JOIN products USING (sku) WHERE name IS NULL"))
                .containsExactly(List.of("0"));
    }

    @Test
    void customersOrderUntilTheDoorsClose() throws SQLException {
        try (Connection connection = database.connect()) {
            Shop.open(connection, SMALL);
        }
        try (ShopTraffic traffic = ShopTraffic.start(database.connect(), SMALL, new Random(1))) {
            await().until(() -> orders() >= SMALL.orders() + 3L);
        }

        assertThat(database.query("SELECT count(*) FROM order_items"))
                .isEqualTo(database.query("SELECT " + SMALL.orders() * SMALL.lines() + " + count(*) - " + SMALL.orders()
                        + " FROM orders"));
    }

    private long orders() {
        return Long.parseLong(
                database.query("SELECT count(*) FROM orders").get(0).get(0));
    }
}
