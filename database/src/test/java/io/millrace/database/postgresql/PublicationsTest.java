package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationsTest {
    private static final String NAME = "Pub \"1\".ü";
    private static final TableName DAYS = new TableName("public", "days");

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void holdsExactlyTheGivenTables(int major) throws SQLException {
        Shop shop = filled(major);
        try (Connection session = shop.open()) {
            Publications publications = new Publications(session);
            assertThat(publications.find(NAME)).isEmpty();

            publications.create(NAME, List.of(Shop.ODD, DAYS));
            assertThat(publications.find(NAME)).hasValueSatisfying(publication -> {
                assertThat(publication.tables()).containsExactlyInAnyOrder(Shop.ODD, DAYS);
                assertThat(publication.viaRoot()).isTrue();
                assertThat(publication.allTables()).isFalse();
                assertThat(PublicationGaps.of(publication, List.of(Shop.ODD, DAYS), Set.of(DAYS)))
                        .isEmpty();
            });

            publications.setTables(NAME, List.of(Shop.ORDERS));
            assertThat(publications.find(NAME).orElseThrow().tables()).containsExactly(Shop.ORDERS);

            publications.setTables(NAME, List.of());
            publications.setTables(NAME, List.of());
            assertThat(publications.find(NAME).orElseThrow().tables()).isEmpty();

            publications.drop(NAME);
            publications.drop(NAME);
            assertThat(publications.find(NAME)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 18})
    void gapsAreMendedByTheSqlThatTheyName(int major) throws SQLException {
        Shop shop = filled(major);
        String narrowed = major < 15 ? "" : " (id, note) WHERE (id > 5)";
        shop.database()
                .execute("CREATE PUBLICATION " + Identifiers.quote(NAME) + " FOR TABLE orders" + narrowed
                        + ", days WITH (publish = 'insert, delete')");
        List<TableName> wanted = List.of(Shop.ORDERS, Shop.ODD, DAYS);
        try (Connection session = shop.open()) {
            Publications publications = new Publications(session);
            List<PublicationGap> gaps =
                    PublicationGaps.of(publications.find(NAME).orElseThrow(), wanted, Set.of(DAYS));
            assertThat(gaps).hasSize(major < 15 ? 3 : 4);
            assertThat(gaps.get(0).message()).contains(Shop.ODD.toString());

            gaps.forEach(gap -> shop.database().execute(gap.sql()));

            assertThat(PublicationGaps.of(publications.find(NAME).orElseThrow(), wanted, Set.of(DAYS)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void publicationOfAllTablesLacksNone(int major) throws SQLException {
        Shop shop = filled(major);
        shop.database()
                .execute("CREATE PUBLICATION everything FOR ALL TABLES WITH (publish_via_partition_root = true)");
        try (Connection session = shop.open()) {
            Publication publication =
                    new Publications(session).find("everything").orElseThrow();
            assertThat(publication.allTables()).isTrue();
            assertThat(PublicationGaps.of(publication, List.of(Shop.ORDERS, DAYS), Set.of(DAYS)))
                    .isEmpty();
        }
    }

    private static Shop filled(int major) {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TABLE days (day date PRIMARY KEY) PARTITION BY RANGE (day)",
                        "CREATE TABLE days_1 PARTITION OF days DEFAULT");
        return shop;
    }
}
