package io.millrace.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.control.MarkerKind;
import io.millrace.control.TableName;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyChoice;
import io.millrace.database.KeyColumn;
import io.millrace.database.KeyKind;
import io.millrace.database.KeyOrigin;
import io.millrace.database.KeyRange;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import io.millrace.database.SnapshotKeys;
import io.millrace.database.TableView;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReachedMariaDbTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Shop shop;
    private static ReachedMariaDb reached;

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
        shop.database()
                .execute(
                        "CREATE TABLE twice (a int, b int NOT NULL, c varchar(9) NOT NULL, d text,"
                                + " UNIQUE one (a), UNIQUE two (b, c), UNIQUE part (d(5)), KEY (c))",
                        "INSERT INTO twice VALUES (1, 1, 'x', 'p'), (2, 1, 'y', 'q'), (NULL, 2, 'x', 'r')",
                        "CREATE TABLE bare (at int, line text) ENGINE = MyISAM",
                        "INSERT INTO bare VALUES (1, 'a'), (1, 'b'), (NULL, 'c')",
                        "CREATE VIEW seen AS SELECT id FROM orders");
        reached = new ReachedMariaDb(shop.session());
    }

    @AfterAll
    static void close() throws SQLException {
        reached.close();
    }

    @Test
    void findsTablesByTheirExactNames() throws SQLException {
        assertThat(reached.catalogue().exists(shop.table("orders"))).isTrue();
        assertThat(reached.catalogue().exists(shop.table(Shop.ODD))).isTrue();
        assertThat(reached.catalogue().exists(shop.table("ORDERS"))).isFalse();
        assertThat(reached.catalogue().exists(shop.table("seen"))).isFalse();
        assertThat(reached.catalogue().exists(new TableName("no_such", "orders")))
                .isFalse();
    }

    @Test
    void choosesTheKeyThatTheEngineChooses() throws SQLException {
        SnapshotKeys keys = new SnapshotKeys(reached.catalogue());

        assertThat(keys.choose(shop.table("orders"), Optional.empty()))
                .isEqualTo(new KeyChoice.Chosen(new SnapshotKey(List.of("id"), KeyOrigin.PRIMARY_KEY, List.of())));
        assertThat(keys.choose(shop.table("twice"), Optional.empty()))
                .isEqualTo(new KeyChoice.Chosen(new SnapshotKey(List.of("b", "c"), KeyOrigin.UNIQUE_INDEX, List.of())));
        assertThat(keys.choose(shop.table("bare"), Optional.empty()))
                .isInstanceOfSatisfying(
                        KeyChoice.Chosen.class,
                        chosen -> assertThat(chosen.key().origin()).isEqualTo(KeyOrigin.NONE));
        assertThat(keys.choose(shop.table("orders"), Optional.of("day")))
                .isInstanceOfSatisfying(
                        KeyChoice.Chosen.class,
                        chosen -> assertThat(chosen.key().columns()).containsExactly("day", "id"));
        assertThat(keys.choose(shop.table("twice"), Optional.of("d"))).isInstanceOf(KeyChoice.SurrogateUnusable.class);
        assertThat(keys.choose(shop.table("twice"), Optional.of("e"))).isInstanceOf(KeyChoice.SurrogateMissing.class);
    }

    @Test
    void findsTheIndexThatOrdersChunks() throws SQLException {
        assertThat(index("orders", "id")).contains("PRIMARY");
        assertThat(index("orders", "day", "id")).isEmpty();
        assertThat(index("twice", "b", "c")).contains("two");
        assertThat(index("twice", "c")).contains("c");
        assertThat(index("twice", "d")).isEmpty();
    }

    @Test
    void countsWhatIsSmallAndEstimatesOtherwise() throws SQLException {
        assertThat(reached.rows(shop.table("orders"), Optional.empty()))
                .isEqualTo(new RowCount(100, EstimateKind.EXACT));
        assertThat(reached.rows(shop.table("orders"), Optional.of("id <= 10 -- few")))
                .isEqualTo(new RowCount(10, EstimateKind.EXACT));
        assertThat(reached.planned(shop.table("orders"), Optional.of("id <= 10")))
                .isEqualTo(new RowCount(10, EstimateKind.ESTIMATED));
        assertThat(reached.bytes(shop.table("orders"))).isGreaterThanOrEqualTo(16_384);
    }

    @Test
    void saysWhatMakesASnapshotLessCertain() throws SQLException {
        assertThat(reached.marker()).isEqualTo(MarkerKind.POSITION);
        assertThat(reached.warnings(shop.table("orders"))).isEmpty();
        assertThat(String.join("\n", reached.warnings(shop.table("bare"))))
                .contains("MyISAM")
                .contains("ENGINE = InnoDB")
                .contains("no unique key");
        assertThat(String.join("\n", reached.surrogateWarnings(shop.table("bare"), "at")))
                .contains("is null in 1 rows")
                .contains("2 rows share their value");
    }

    @Test
    void saysWhichTablesABlockingSnapshotReadsAndHow() throws SQLException {
        assertThat(reached.noSharedView(shop.table("orders"))).isEmpty();
        assertThat(reached.noSharedView(shop.table("twice"))).isEmpty();
        assertThat(reached.noSharedView(shop.table("bare")))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("MyISAM").contains("ENGINE = InnoDB"));
        assertThat(reached.blockingWarnings(shop.table("orders"))).isEmpty();
        assertThat(reached.blockingWarnings(shop.table("twice"))).isEmpty();
        assertThat(reached.blockingWarnings(shop.table("bare")))
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("from its first row"));
    }

    @Test
    void namesThePrivilegeThatIsMissing() throws SQLException {
        String user = shop.user("reader", "SELECT ON " + shop.database().name() + ".bare");
        try (ReachedMariaDb theirs = new ReachedMariaDb(new MariaDbSessions().open(shop.address(user, "secret")))) {
            assertThat(theirs.catalogue().exists(shop.table("orders"))).isTrue();
            assertThat(theirs.missingPrivilege(shop.table("bare"))).isEmpty();
            assertThat(theirs.missingPrivilege(shop.table("orders"))).hasValueSatisfying(missing -> assertThat(missing)
                    .contains("GRANT SELECT ON `" + shop.database().name() + "`.`orders` TO 'reader'@'%'"));
        }
    }

    @Test
    void countsARange() throws SQLException {
        assertThat(reached.count(shop.table("orders"), range("{\"id\":10}", "{\"id\":30}", "id % 2 = 0", "id"), LIMIT))
                .contains(10L);
        assertThat(reached.count(
                        shop.table("twice"),
                        range("{\"b\":1,\"c\":\"x\"}", "{\"b\":2,\"c\":\"x\"}", "1", "b", "c"),
                        LIMIT))
                .contains(2L);
        assertThat(reached.count(shop.table("twice"), range("{\"a\":1}", "{\"a\":2}", "1", "a"), LIMIT))
                .isEmpty();
        assertThat(reached.count(shop.table("bare"), KeyRange.everything(Optional.empty()), LIMIT))
                .contains(3L);
    }

    @Test
    void endsACountThatTakesTooLong() throws SQLException {
        String slow =
                "(SELECT count(*) FROM " + shop.database().name() + ".seq_1_to_100000000 s WHERE s.seq % 7 = id) > 0";

        assertThat(reached.count(shop.table("orders"), KeyRange.everything(Optional.of(slow)), Duration.ofMillis(300)))
                .isEmpty();
    }

    @Test
    void readsKeysInAViewWhosePlaceInTheLogItKnows() throws SQLException {
        String before = shop.database().query("SELECT @@gtid_binlog_pos").get(0).get(0);
        List<List<String>> keys = new ArrayList<>();

        Optional<TableView> view =
                reached.view(shop.table("orders"), KeyRange.everything(Optional.of("id <= 3")), 1000, keys::add);

        assertThat(keys).containsExactlyInAnyOrder(List.of("1"), List.of("2"), List.of("3"));
        assertThat(view).hasValueSatisfying(seen -> {
            assertThat(seen.key()).containsExactly(new KeyColumn("id", KeyKind.INTEGER));
            assertThat(seen.rows()).isEqualTo(3);
            assertThat(seen.position()).isEqualTo(before);
            long last = Long.parseLong(before.substring(before.lastIndexOf('-') + 1));
            assertThat(seen.transactions().holds(last)).isTrue();
            assertThat(seen.transactions().isBefore(last + 1)).isTrue();
        });
        assertThat(reached.view(shop.table("orders"), KeyRange.everything(Optional.empty()), 99, keys::add))
                .isEmpty();
        assertThat(reached.view(shop.table("orders"), KeyRange.everything(Optional.of("day < now()")), 1000, keys::add))
                .isEmpty();
    }

    private static Optional<String> index(String table, String... columns) throws SQLException {
        return reached.chunkIndex(
                shop.table(table),
                new SnapshotKey(List.of(columns), KeyOrigin.UNIQUE_INDEX, List.of()),
                Optional.empty());
    }

    private static KeyRange range(String after, String upTo, String filter, String... columns) {
        return new KeyRange(List.of(columns), Optional.of(json(after)), Optional.of(json(upTo)), Optional.of(filter));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
