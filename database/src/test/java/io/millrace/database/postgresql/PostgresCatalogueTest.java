package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.Column;
import io.millrace.database.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresCatalogueTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void findsOrdinaryAndPartitionedTablesOnly(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE VIEW v AS SELECT 1",
                        "CREATE UNLOGGED TABLE u (id int)",
                        "CREATE TABLE days (day date) PARTITION BY RANGE (day)",
                        "CREATE TABLE days_1 PARTITION OF days DEFAULT");
        try (Connection session = shop.open()) {
            PostgresCatalogue catalogue = new PostgresCatalogue(session);
            assertThat(catalogue.schemas()).containsExactly(Shop.ODD.schema(), "public");
            assertThat(catalogue.tables(List.of("public", Shop.ODD.schema())))
                    .containsExactly(Shop.ODD, table("days"), table("days_1"), Shop.ORDERS);
            assertThat(catalogue.tables(List.of())).isEmpty();
            assertThat(catalogue.isPartitioned(table("days"))).isTrue();
            assertThat(catalogue.isPartitioned(table("days_1"))).isFalse();
            assertThat(catalogue.exists(table("days"))).isTrue();
            assertThat(catalogue.exists(table("v"))).isFalse();
            assertThat(catalogue.exists(table("ORDERS"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void findsTablesByTheirWrittenNames(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE SCHEMA \"a.b\"",
                        "CREATE TABLE \"a.b\".c ()",
                        "CREATE SCHEMA a",
                        "CREATE TABLE a.\"b.c\" ()");
        try (Connection session = shop.open()) {
            assertThat(new PostgresCatalogue(session)
                            .named(List.of("public.orders", "public.ORDERS", Shop.ODD.toString(), "a.b.c", "orders")))
                    .isEqualTo(Map.of(
                            "public.orders",
                            Shop.ORDERS,
                            Shop.ODD.toString(),
                            Shop.ODD,
                            "a.b.c",
                            new TableName("a", "b.c")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void knowsWhichTypesHaveAnOrder(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
                        "CREATE TYPE pair AS (a int, b int)",
                        "CREATE TYPE sheet AS (a int, b json)",
                        "CREATE DOMAIN short AS varchar(5)",
                        "CREATE DOMAIN shorter AS short",
                        "CREATE TABLE kinds (a int NOT NULL, b varchar(9), c numeric(5,2), d uuid, e mood, f int[], g int4range,"
                                + " h shorter, i bpchar, j inet, k cidr, l jsonb, m bytea, n pair, o name, p int4multirange, q json[], r sheet,"
                                + " x json, y xml, z point)");
        try (Connection session = shop.open()) {
            PostgresCatalogue catalogue = new PostgresCatalogue(session);
            List<Column> columns = catalogue.columns(table("kinds"));
            List<String> unordered = new ArrayList<>();
            for (Column column : columns) {
                if (!catalogue.isOrdered(table("kinds"), column.name())) {
                    unordered.add(column.name());
                }
            }
            assertThat(unordered).containsExactly("q", "r", "x", "y", "z");
            assertThat(columns)
                    .startsWith(
                            new Column("a", "integer", false),
                            new Column("b", "character varying(9)", true),
                            new Column("c", "numeric(5,2)", true));
            assertThat(new PostgresCatalogue(session).columns(Shop.ODD))
                    .extracting(Column::name)
                    .containsExactly("Ïd.\"x\" ", "DROP TABLE orders; --");
            assertThat(new PostgresCatalogue(session).columns(table("none"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void takesOnlyKeysThatCanOrderAndPrefersThoseWithoutNulls(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TABLE keyed (a int, b int NOT NULL, c int NOT NULL, d text)",
                        "CREATE UNIQUE INDEX k1 ON keyed (a)",
                        "CREATE UNIQUE INDEX k2 ON keyed (c, b) INCLUDE (d)",
                        "CREATE UNIQUE INDEX partial ON keyed (b) WHERE a > 1",
                        "CREATE UNIQUE INDEX expression ON keyed (lower(d))",
                        "CREATE INDEX plain ON keyed (b)");
        try (Connection session = shop.open()) {
            PostgresCatalogue catalogue = new PostgresCatalogue(session);
            assertThat(catalogue.primaryKey(table("keyed"))).isEmpty();
            assertThat(catalogue.uniqueKeys(table("keyed")))
                    .containsExactly(
                            new UniqueKey("k2", List.of("c", "b"), false, false),
                            new UniqueKey("k1", List.of("a"), false, true));
            assertThat(catalogue.isIndexed(table("keyed"), "b")).isTrue();
            assertThat(catalogue.isIndexed(table("keyed"), "d")).isFalse();
            assertThat(catalogue.primaryKey(Shop.ODD).map(UniqueKey::columns)).contains(List.of("Ïd.\"x\" "));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsTheReplicaIdentity(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database().execute("ALTER TABLE " + Identifiers.quote(Shop.ODD) + " REPLICA IDENTITY FULL");
        try (Connection session = shop.open()) {
            PostgresCatalogue catalogue = new PostgresCatalogue(session);
            assertThat(catalogue.replicaIdentity(Shop.ODD)).contains(ReplicaIdentity.FULL);
            assertThat(catalogue.replicaIdentity(Shop.ORDERS)).contains(ReplicaIdentity.DEFAULT);
            assertThat(catalogue.replicaIdentity(table("none"))).isEmpty();
        }
    }

    private static TableName table(String name) {
        return new TableName("public", name);
    }
}
