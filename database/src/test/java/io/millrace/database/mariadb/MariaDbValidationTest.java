package io.millrace.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.TlsMode;
import io.millrace.database.ValidationReport;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MariaDbValidationTest {
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open();
    }

    @Test
    void passesEveryCheckWhereAllIsWell() {
        ValidationReport report = validate(shop.address(), shop.table("orders"), shop.table(Shop.ODD));

        assertThat(report.checks())
                .extracting(Check::name)
                .isEqualTo(Stream.concat(Stream.of("dns", "tcp", "tls", "authentication"), CheckNames.ALL.stream())
                        .toList());
        assertThat(report.checks()).allMatch(check -> check.ok().equals(Optional.of(true)));
        assertThat(report.checks()).allMatch(check -> check.hint().isEmpty());
        assertThat(report.serverVersion())
                .hasValueSatisfying(version -> assertThat(version).startsWith("11.4"));
    }

    @Test
    void reachesNothingBehindAClosedPort() {
        ValidationReport report =
                validate(Shop.address(FreePorts.next(), "u", "wr0ng-password", TlsMode.DISABLE), shop.table("orders"));

        assertThat(of(report, "tcp").ok()).contains(false);
        assertThat(report.checks().subList(2, report.checks().size()))
                .allMatch(check -> check.equals(Check.notReached(check.name())));
        assertThat(report.toString()).doesNotContain("wr0ng-password");
    }

    @Test
    void saysWhichRightsAreMissingAndWhatGrantsThem() {
        String user = shop.user("novice");

        ValidationReport report = validate(shop.address(user, "secret"), shop.table("orders"));

        assertThat(of(report, "replication_privilege").hint())
                .contains("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'novice'@'%';");
        assertThat(of(report, "table_access").hint())
                .contains("GRANT SELECT ON `" + shop.database().name() + "`.`orders` TO 'novice'@'%';");
        for (String name : List.of("replication_privilege", "table_access")) {
            String sql = of(report, name).hint().orElseThrow();
            shop.database().execute(sql);
        }
        assertThat(validate(shop.address(user, "secret"), shop.table("orders")).ok())
                .isTrue();
    }

    @Test
    void countsRightsOfRolesToo() {
        shop.user("member");
        shop.database()
                .execute(
                        "CREATE OR REPLACE ROLE capturing",
                        "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO capturing",
                        "GRANT SELECT ON *.* TO capturing",
                        "GRANT capturing TO 'member'@'%'",
                        "SET DEFAULT ROLE capturing FOR 'member'@'%'");

        assertThat(validate(shop.address("member", "secret"), shop.table("orders"))
                        .checks())
                .filteredOn(check -> !check.ok().orElse(false))
                .isEmpty();
    }

    @Test
    void warnsOfTablesWithoutKeysAndOfEnginesWithoutSnapshots() {
        shop.database().execute("CREATE TABLE heap (a int) ENGINE = MyISAM");

        Check keys = of(validate(shop.address(), shop.table("heap")), "table_keys");

        assertThat(keys.ok()).contains(true);
        assertThat(keys.message()).contains("no key").contains("MyISAM");
        assertThat(keys.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("ENGINE = InnoDB;"));
    }

    @Test
    void findsColumnsThatWouldFailTheSource() {
        Shop other = Shop.open();
        other.database().execute("CREATE TABLE hosts (id int PRIMARY KEY, address inet6)");

        Check captured = of(validate(other.address(), other.table("hosts")), "column_types");
        Check beside = of(validate(other.address(), other.table("orders")), "column_types");
        ValidationReport alone = new MariaDbValidation(new MariaDbSessions())
                .run(
                        other.address(),
                        new CaptureRequirements(
                                Product.MARIADB, Optional.empty(), false, List.of(other.table("orders"))));

        assertThat(captured.ok()).contains(false);
        assertThat(captured.message()).contains("hosts.address (inet6)");
        assertThat(beside.ok()).contains(false);
        assertThat(beside.hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("store.only.captured.tables.ddl to true"));
        assertThat(alone.ok()).isTrue();
    }

    @Test
    void namesTablesThatAreNotThere() {
        Check access = of(validate(shop.address(), shop.table("orders"), shop.table("nope")), "table_access");

        assertThat(access.ok()).contains(false);
        assertThat(access.message()).contains(".nope").doesNotContain("orders");
    }

    @Test
    void refusesANumberThatIsTheServersOwnAndTheOtherProduct() {
        ValidationReport report = new MariaDbValidation(new MariaDbSessions())
                .run(
                        shop.address(),
                        new CaptureRequirements(Product.MYSQL, Optional.of(1L), true, List.of(shop.table("orders"))));

        assertThat(of(report, "server_version").message()).contains("MariaDB").contains("MySQL");
        assertThat(of(report, "server_id").ok()).contains(false);
    }

    @Test
    void saysWhatOfTheBinaryLogHasToBeSet() {
        try (MariaDbServer server = MariaDbServer.start(
                FreePorts.next(),
                Map.of(
                        "binlog-format", "MIXED",
                        "binlog-row-image", "FULL_NODUP",
                        "binlog-expire-logs-seconds", "3600"))) {
            ValidationReport report = on(server);

            assertThat(of(report, "log_bin").ok()).contains(true);
            assertThat(of(report, "binlog_format").ok()).contains(false);
            assertThat(of(report, "binlog_row_image").ok()).contains(false);
            assertThat(of(report, "binlog_retention").message()).contains("1 hours");
            assertThat(of(report, "binlog_retention").ok()).contains(true);
            MariaDbDatabase database = new MariaDbDatabase(server, "mysql");
            for (String name : List.of("binlog_format", "binlog_row_image", "binlog_retention")) {
                database.execute(of(report, name).hint().orElseThrow().replaceFirst(";.*", ""));
            }
            assertThat(on(server).checks()).allMatch(check -> check.hint().isEmpty());
        }
    }

    @Test
    void saysThatACompressedLogCannotBeRead() {
        try (MariaDbServer server = MariaDbServer.start(FreePorts.next(), Map.of("log-bin-compress", "1"))) {
            Check log = of(on(server), "log_bin");

            assertThat(log.ok()).contains(false);
            new MariaDbDatabase(server, "mysql")
                    .execute(log.hint().orElseThrow().replaceFirst(";.*", ""));
            assertThat(of(on(server), "log_bin").ok()).contains(true);
        }
    }

    @Test
    void saysThatThereIsNoBinaryLog() {
        try (MariaDbServer server = MariaDbServer.start(FreePorts.next(), Map.of("skip-log-bin", "1"))) {
            assertThat(of(on(server), "log_bin").ok()).contains(false);
        }
    }

    private static ValidationReport on(MariaDbServer server) {
        MariaDbDatabase database = server.createDatabase();
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        return validate(
                Shop.address(server.port(), MariaDbServer.USER, MariaDbServer.PASSWORD, TlsMode.DISABLE),
                new TableName(database.name(), "t"));
    }

    private static ValidationReport validate(DatabaseAddress address, TableName... tables) {
        return new MariaDbValidation(new MariaDbSessions())
                .run(
                        address,
                        new CaptureRequirements(Product.MARIADB, Optional.of(1_000_000_001L), true, List.of(tables)));
    }

    private static Check of(ValidationReport report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
