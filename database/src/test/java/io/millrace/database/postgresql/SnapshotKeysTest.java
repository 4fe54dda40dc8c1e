package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.KeyChoice;
import io.millrace.database.KeyChoice.Chosen;
import io.millrace.database.KeyOrigin;
import io.millrace.database.SnapshotKey;
import io.millrace.database.SnapshotKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotKeysTest {
    private static final TableName KEYED = new TableName("public", "keyed");
    private static final TableName BARE = new TableName("public", "bare");

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void choosesThePrimaryKeyThenAUniqueIndexThenNone(int major) throws SQLException {
        Shop shop = filled(major);
        assertThat(choice(shop, Shop.ORDERS, Optional.empty()))
                .isEqualTo(new Chosen(new SnapshotKey(List.of("id"), KeyOrigin.PRIMARY_KEY, List.of())));
        assertThat(choice(shop, KEYED, Optional.empty())).isInstanceOfSatisfying(Chosen.class, chosen -> {
            assertThat(chosen.key().columns()).containsExactly("a", "b");
            assertThat(chosen.key().origin()).isEqualTo(KeyOrigin.UNIQUE_INDEX);
            assertThat(chosen.key().warnings()).singleElement().asString().contains("keyed_a_b_key", "allows null");
        });
        assertThat(choice(shop, BARE, Optional.empty())).isInstanceOfSatisfying(Chosen.class, chosen -> {
            assertThat(chosen.key().columns()).isEmpty();
            assertThat(chosen.key().origin()).isEqualTo(KeyOrigin.NONE);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void putsTheSurrogateKeyFirstAndWarnsOfWhatItLacks(int major) throws SQLException {
        Shop shop = filled(major);
        assertThat(choice(shop, KEYED, Optional.of("b"))).isInstanceOfSatisfying(Chosen.class, chosen -> {
            assertThat(chosen.key().columns()).containsExactly("b", "a");
            assertThat(chosen.key().origin()).isEqualTo(KeyOrigin.SURROGATE_KEY);
            assertThat(chosen.key().warnings()).singleElement().asString().contains("no index");
        });
        assertThat(choice(shop, BARE, Optional.of("n"))).isInstanceOfSatisfying(Chosen.class, chosen -> {
            assertThat(chosen.key().columns()).containsExactly("n");
            assertThat(chosen.key().warnings())
                    .hasSize(2)
                    .anyMatch(warning -> warning.contains("allows null"))
                    .anyMatch(warning -> warning.contains("not unique"));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesASurrogateKeyThatIsMissingOrHasNoOrder(int major) throws SQLException {
        Shop shop = filled(major);
        assertThat(choice(shop, BARE, Optional.of("N")))
                .isEqualTo(new KeyChoice.SurrogateMissing(
                        "Table public.bare has no column 'N'. Name another surrogate key."));
        assertThat(choice(shop, BARE, Optional.of("doc"))).isInstanceOf(KeyChoice.SurrogateUnusable.class);
    }

    private static Shop filled(int major) {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TABLE keyed (a int, b int NOT NULL, UNIQUE (a, b))",
                        "CREATE TABLE bare (n int, doc json)",
                        "CREATE INDEX ON bare (n)");
        return shop;
    }

    private static KeyChoice choice(Shop shop, TableName table, Optional<String> surrogate) throws SQLException {
        try (Connection session = shop.open()) {
            return new SnapshotKeys(new PostgresCatalogue(session)).choose(table, surrogate);
        }
    }
}
