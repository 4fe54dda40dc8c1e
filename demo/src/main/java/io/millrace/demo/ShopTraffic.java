package io.millrace.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Customers at work: some ten small transactions a second, until closed. Owns the connection that it is given. */
final class ShopTraffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShopTraffic.class);
    private static final long BETWEEN_MILLIS = 100;
    private static final String ORDER =
            """
            WITH placed AS (
                INSERT INTO orders (customer_id, state, total, placed_at) VALUES (?, 'placed', 20, now()) RETURNING id)
            INSERT INTO order_items
            SELECT id, 1, md5('product ' || 1)::uuid, 2, 10, NULL FROM placed""";
    private static final String SHIP = "UPDATE orders SET state = 'shipped', shipped_at = now() WHERE id = ?";

    private final Connection connection;
    private final ShopSize size;
    private final RandomGenerator random;
    private final ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor();

    private ShopTraffic(Connection connection, ShopSize size, RandomGenerator random) {
        this.connection = connection;
        this.size = size;
        this.random = random;
    }

    /** Opens the doors. */
    static ShopTraffic start(Connection connection, ShopSize size, RandomGenerator random) {
        ShopTraffic traffic = new ShopTraffic(connection, size, random);
        // What a customer meets is logged by serve(), so the future has nothing to tell.
        ScheduledFuture<?> unused =
                traffic.clerk.scheduleWithFixedDelay(traffic::serve, 0, BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
        return traffic;
    }

    private void serve() {
        try (PreparedStatement order = connection.prepareStatement(ORDER);
                PreparedStatement ship = connection.prepareStatement(SHIP)) {
            order.setLong(1, 1 + random.nextInt(size.customers()));
            order.executeUpdate();
            ship.setLong(1, 1 + random.nextInt(size.orders()));
            ship.executeUpdate();
        } catch (SQLException e) {
            LOG.warn("the shop cannot write: {}", e.getMessage());
        }
    }

    /** Closes the doors; a customer who is being served is served to the end. */
    @Override
    public void close() throws SQLException {
        clerk.shutdown();
        try {
            if (!clerk.awaitTermination(5, TimeUnit.SECONDS)) {
                clerk.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
