package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyOrigin;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableStatisticsTest {
    private static final TableName LARGE = new TableName("public", "large");

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void countsSmallTablesAndThoseThatWereNeverAnalysed(int major) throws SQLException {
        Shop shop = withLarge(major);
        try (Connection session = shop.open()) {
            TableStatistics statistics = new TableStatistics(session);
            assertThat(statistics.rows(Shop.ORDERS)).isEqualTo(new RowCount(100, EstimateKind.EXACT));
            assertThat(statistics.rows(Shop.ODD)).isEqualTo(new RowCount(0, EstimateKind.EXACT));
            assertThat(statistics.rows(LARGE)).isEqualTo(new RowCount(120_000, EstimateKind.EXACT));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void sumsTheStatisticsOfPartitions(int major) throws SQLException {
        Shop shop = withLarge(major);
        shop.database().execute("ANALYZE large_1, large_2");
        try (Connection session = shop.open()) {
            RowCount count = new TableStatistics(session).rows(LARGE);
            assertThat(count.kind()).isEqualTo(EstimateKind.ESTIMATED);
            assertThat(count.rows()).isBetween(115_000L, 125_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void countsWhatAFilterLetsThrough(int major) throws SQLException {
        Shop shop = Shop.on(major);
        try (Connection session = shop.open()) {
            TableStatistics statistics = new TableStatistics(session);
            assertThat(statistics.rowsMatching(Shop.ORDERS, "id > 90 AND tags ? 'a' -- ten of them"))
                    .isEqualTo(new RowCount(10, EstimateKind.EXACT));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void estimatesWhatCannotBeCountedInTime(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute("CREATE FUNCTION slow(bigint) RETURNS boolean STABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_sleep(0.1); RETURN true; END'");
        try (Connection session = shop.open()) {
            assertThat(new TableStatistics(session)
                            .rowsMatching(Shop.ORDERS, "slow(id)")
                            .kind())
                    .isEqualTo(EstimateKind.ESTIMATED);
            assertThat(session.getAutoCommit()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void measuresPartitionsToo(int major) throws SQLException {
        Shop shop = withLarge(major);
        try (Connection session = shop.open()) {
            assertThat(new TableStatistics(session).bytes(LARGE)).isBetween(120_000L * 32, 120_000L * 64);
            assertThat(new TableStatistics(session).bytes(new TableName("public", "none")))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void namesTheIndexThatServesTheChunksEvenOfASmallTable(int major) throws SQLException {
        Shop shop = withLarge(major);
        shop.database()
                .execute(
                        "CREATE INDEX \"on \"\"note\" ON orders (note)",
                        "CREATE INDEX partial ON orders (at) WHERE at IS NULL");
        try (Connection session = shop.open()) {
            TableStatistics statistics = new TableStatistics(session);
            assertThat(statistics.chunkIndex(Shop.ORDERS, key("id"))).contains("orders_pkey");
            assertThat(statistics.chunkIndex(Shop.ORDERS, key("note", "id"))).contains("on \"note");
            assertThat(statistics.chunkIndex(Shop.ORDERS, key("at", "id"))).isEmpty();
            assertThat(statistics.chunkIndex(Shop.ODD, key("Ïd.\"x\" "))).contains("Ta\"b.le ünï_pkey");
            assertThat(statistics.chunkIndex(LARGE, key("id")))
                    .hasValueSatisfying(index -> assertThat(index).matches("large_[12]_pkey"));
            assertThat(statistics.chunkIndex(LARGE, key("note", "id"))).isEmpty();
        }
    }

    private static SnapshotKey key(String... columns) {
        return new SnapshotKey(List.of(columns), KeyOrigin.SURROGATE_KEY, List.of());
    }

    private static Shop withLarge(int major) {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TABLE large (id int PRIMARY KEY, note text) PARTITION BY RANGE (id)",
                        "CREATE TABLE large_1 PARTITION OF large FOR VALUES FROM (1) TO (60001)",
                        "CREATE TABLE large_2 PARTITION OF large FOR VALUES FROM (60001) TO (200000)",
                        "ALTER TABLE large_1 SET (autovacuum_enabled = false)",
                        "ALTER TABLE large_2 SET (autovacuum_enabled = false)",
                        "INSERT INTO large SELECT n FROM generate_series(1, 120000) n");
        return shop;
    }
}
