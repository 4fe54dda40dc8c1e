package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.database.LogRetention;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationSlotsTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void makesFindsAndDropsASlot(int major) throws SQLException {
        Shop shop = Shop.on(major);
        String name = "slot_of_" + shop.database().name();
        try (Connection session = shop.open()) {
            ReplicationSlots slots = new ReplicationSlots(session);
            assertThat(slots.find(name)).isEmpty();

            slots.create(name);

            shop.database().execute("INSERT INTO orders SELECT n FROM generate_series(1001, 2000) n");
            assertThat(slots.find(name)).hasValueSatisfying(slot -> {
                assertThat(slot.plugin()).contains("pgoutput");
                assertThat(slot.database()).contains(shop.database().name());
                assertThat(slot.active()).isFalse();
                assertThat(slot.isLost()).isFalse();
                assertThat(slot.walStatus()).contains("reserved");
                assertThat(slot.retainedBytes())
                        .hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(50_000));
            });
            assertThat(slots.drop(name)).isTrue();
            assertThat(slots.drop(name)).isFalse();
            assertThat(slots.find(name)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void makesNoSlotTwice(int major) throws SQLException {
        Shop shop = Shop.on(major);
        String name = "twice_of_" + shop.database().name();
        try (Connection session = shop.open()) {
            ReplicationSlots slots = new ReplicationSlots(session);
            slots.create(name);
            assertThatThrownBy(() -> slots.create(name))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(name);
            slots.drop(name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void tellsHowMuchLogASlotKeepsAndThatNothingEndsIt(int major) throws SQLException {
        Shop shop = Shop.on(major);
        String name = "kept_of_" + shop.database().name();
        try (Connection session = shop.open()) {
            ReplicationSlots slots = new ReplicationSlots(session);
            assertThat(slots.retention(name)).isEmpty();
            slots.create(name);
            LogRetention before = slots.retention(name).orElseThrow();

            shop.database().execute("INSERT INTO orders SELECT n FROM generate_series(3001, 4000) n");

            LogRetention after = slots.retention(name).orElseThrow();
            assertThat(after.retainedBytes()).isGreaterThan(before.retainedBytes() + 50_000);
            assertThat(after.position() - before.position()).isEqualTo(after.retainedBytes() - before.retainedBytes());
            assertThat(after.retainableBytes()).isEmpty();
            slots.drop(name);
        }
    }

    @Test
    void tellsHowMuchLogMayStillBeWrittenWhereThereIsALimit() throws SQLException {
        try (PostgresServer server =
                        PostgresServer.start(18, FreePorts.next(), Map.of("max_slot_wal_keep_size", "64MB"));
                Connection session = DriverManager.getConnection(
                        server.createDatabase().jdbcUrl(), PostgresServer.USER, PostgresServer.PASSWORD)) {
            ReplicationSlots slots = new ReplicationSlots(session);
            slots.create("limited");

            assertThat(slots.retention("limited").orElseThrow().retainableBytes())
                    .hasValueSatisfying(bytes -> assertThat(bytes).isBetween(1L, 96L << 20));
        }
    }
}
