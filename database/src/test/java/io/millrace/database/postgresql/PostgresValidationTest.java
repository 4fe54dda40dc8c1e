package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.database.Check;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.Rows;
import io.millrace.database.TlsMode;
import io.millrace.database.ValidationReport;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresValidationTest {
    private static final List<String> EVERY_CHECK = Stream.concat(
                    Stream.of("dns", "tcp", "tls", "authentication"), CheckNames.ALL.stream())
            .toList();

    private static final String SECRET = "a-secret-of-its-own";

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void passesEveryCheckWhereAllIsWell(int major) {
        Shop shop = Shop.on(major);

        ValidationReport report = validate(shop.address(), wanted("fresh", "public.orders", Shop.ODD.toString()));

        assertThat(report.checks()).extracting(Check::name).isEqualTo(EVERY_CHECK);
        assertThat(report.checks()).allMatch(check -> check.ok().equals(Optional.of(true)));
        assertThat(report.checks()).allMatch(check -> check.hint().isEmpty());
        assertThat(report.serverVersion())
                .hasValueSatisfying(version -> assertThat(version).startsWith(Integer.toString(major)));
    }

    @Test
    void reachesNothingBehindAClosedPort() {
        DatabaseAddress address = new DatabaseAddress(
                "127.0.0.1",
                FreePorts.next(),
                "db",
                "user",
                new Password(SECRET),
                TlsMode.DISABLE,
                Duration.ofSeconds(5),
                "millrace-test");

        ValidationReport report = validate(address, wanted("fresh"));

        assertThat(report.ok()).isFalse();
        assertThat(report.checks()).extracting(Check::name).isEqualTo(EVERY_CHECK);
        assertThat(of(report, "dns").ok()).contains(true);
        assertThat(of(report, "tcp").ok()).contains(false);
        assertThat(report.checks().subList(2, report.checks().size()))
                .allMatch(check -> check.equals(Check.notReached(check.name())));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void tellsRefusedEncryptionAndRefusedLoginsApart(int major) {
        Shop shop = Shop.on(major);

        ValidationReport encrypted = validate(
                shop.address(shop.database().name(), PostgresServer.USER, SECRET, TlsMode.REQUIRE), wanted("fresh"));
        ValidationReport login = validate(shop.address(PostgresServer.USER, SECRET), wanted("fresh"));

        assertThat(of(encrypted, "tls").ok()).contains(false);
        assertThat(of(encrypted, "authentication").ok()).isEmpty();
        assertThat(of(login, "tls").ok()).contains(true);
        assertThat(of(login, "authentication").ok()).contains(false);
        assertThat(encrypted + " " + login).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void namesTheSqlThatGivesAPoorUserItsRights(int major) {
        Shop shop = Shop.on(major);
        String role = "Poor \"" + shop.database().name();
        String quoted = Identifiers.quote(role);
        shop.database().execute("CREATE ROLE " + quoted + " LOGIN PASSWORD '" + SECRET + "'");
        CaptureRequirements wanted = wanted("fresh", "public.orders", Shop.ODD.toString());

        ValidationReport poor = validate(shop.address(role, SECRET), wanted);

        assertThat(failed(poor))
                .containsOnlyKeys(CheckNames.REPLICATION_PRIVILEGE, CheckNames.PUBLICATION, CheckNames.TABLE_ACCESS);
        assertThat(poor.toString()).doesNotContain(SECRET);
        failed(poor).values().forEach(hint -> shop.database()
                .execute(hint.replace("As the owner of the tables: ", "")));
        assertThat(failed(validate(shop.address(role, SECRET), wanted))).isEmpty();
        shop.database().execute("DROP OWNED BY " + quoted, "DROP ROLE " + quoted);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void saysWhichTablesAreMissingOrBare(int major) {
        Shop shop = Shop.on(major);
        shop.database().execute("CREATE TABLE bare (n int)");

        ValidationReport report = validate(shop.address(), wanted("fresh", "public.bare", "public.Orders"));

        assertThat(of(report, CheckNames.TABLE_ACCESS).ok()).contains(false);
        assertThat(of(report, CheckNames.TABLE_ACCESS).message()).isEqualTo("There is no table public.Orders.");
        Check identity = of(report, CheckNames.REPLICA_IDENTITY);
        assertThat(identity.ok()).contains(true);
        assertThat(identity.hint()).hasValueSatisfying(hint -> assertThat(hint)
                .contains("ALTER TABLE \"public\".\"bare\" REPLICA IDENTITY FULL;"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void warnsOfNumbersThatNoExactDecimalCanBe(int major) {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE TABLE odd (often numeric NOT NULL, once numeric(9, 2) NOT NULL, never numeric NOT NULL,"
                                + " optional numeric)",
                        "INSERT INTO odd SELECT 'NaN', CASE n WHEN 7 THEN 'NaN'::numeric ELSE n END, n, 'NaN'"
                                + " FROM generate_series(1, 500) n",
                        "ANALYZE odd");

        Check values = of(validate(shop.address(), wanted("fresh", "public.odd")), CheckNames.COLUMN_VALUES);

        assertThat(values.ok()).contains(true);
        assertThat(values.message()).startsWith("NaN or infinity is in public.odd.often, public.odd.once, which");
        assertThat(values.hint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesASlotThatIsNotFree(int major) throws SQLException {
        Shop shop = Shop.on(major);
        Shop other = Shop.on(major);
        String mine = "mine_" + shop.database().name();
        String test = "test_" + shop.database().name();
        try (Connection session = shop.open()) {
            new ReplicationSlots(session).create(mine);
            Rows.first(
                    session,
                    "SELECT pg_create_logical_replication_slot(?, 'test_decoding')",
                    row -> row.getString(1),
                    test);

            assertThat(slotMessage(shop, mine)).startsWith("Slot '" + mine + "' exists");
            assertThat(slotMessage(other, mine))
                    .contains("belongs to database " + shop.database().name());
            assertThat(slotMessage(shop, test)).contains("plugin test_decoding");
            assertThat(slotMessage(shop, "No Slot")).contains("not a name");

            new ReplicationSlots(session).drop(mine);
            new ReplicationSlots(session).drop(test);
        }
    }

    @Test
    void saysThatTheServerIsNotSetUpForReplication() {
        try (PostgresServer server = PostgresServer.start(
                18, FreePorts.next(), Map.of("wal_level", "replica", "max_replication_slots", "0"))) {
            ValidationReport report = validate(new Shop(server.createDatabase()).address(), wanted("fresh"));

            assertThat(failed(report)).containsOnlyKeys(CheckNames.WAL_LEVEL, CheckNames.REPLICATION_SLOT);
            assertThat(failed(report).get(CheckNames.WAL_LEVEL)).contains("ALTER SYSTEM SET wal_level = logical");
        }
    }

    private static ValidationReport validate(DatabaseAddress address, CaptureRequirements wanted) {
        return new PostgresValidation(new PostgresSessions()).run(address, wanted);
    }

    private static CaptureRequirements wanted(String slot, String... tables) {
        return new CaptureRequirements(slot, false, "Pub 1", List.of(tables));
    }

    private static String slotMessage(Shop shop, String slot) {
        return of(validate(shop.address(), wanted(slot)), CheckNames.REPLICATION_SLOT)
                .message();
    }

    private static Check of(ValidationReport report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> failed(ValidationReport report) {
        return report.checks().stream()
                .filter(check -> check.ok().equals(Optional.of(false)))
                .collect(java.util.stream.Collectors.toMap(
                        Check::name, check -> check.hint().orElseThrow()));
    }
}
