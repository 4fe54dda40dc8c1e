package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.Rows;
import io.millrace.database.TlsMode;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSessionsTest {
    private static final String SECRET = "a-secret-of-its-own";

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void saysWhyTheServerLetsNobodyIn(int major) {
        Shop shop = Shop.on(major);
        shop.database()
                .execute(
                        "CREATE ROLE outsider LOGIN PASSWORD '" + SECRET + "'",
                        "REVOKE CONNECT ON DATABASE " + shop.database().name() + " FROM PUBLIC");
        try {
            assertFailure(shop.address(PostgresServer.USER, SECRET), ConnectionFailure.WRONG_CREDENTIALS);
            assertFailure(shop.address("mill\0race", SECRET), ConnectionFailure.WRONG_CREDENTIALS);
            assertFailure(shop.address("nobody here", SECRET), ConnectionFailure.WRONG_CREDENTIALS);
            assertFailure(
                    shop.address("d\0b", PostgresServer.USER, PostgresServer.PASSWORD, TlsMode.DISABLE),
                    ConnectionFailure.UNKNOWN_DATABASE);
            assertFailure(
                    shop.address("no/such?db", PostgresServer.USER, PostgresServer.PASSWORD, TlsMode.DISABLE),
                    ConnectionFailure.UNKNOWN_DATABASE);
            assertFailure(
                    shop.address(shop.database().name(), PostgresServer.USER, SECRET, TlsMode.REQUIRE),
                    ConnectionFailure.TLS_REFUSED);
            assertFailure(shop.address("outsider", SECRET), ConnectionFailure.NOT_PERMITTED);
        } finally {
            shop.database().execute("DROP ROLE outsider");
        }
    }

    @Test
    void saysThatTheHostIsUnknownOrSilent() {
        assertFailure(at("host.invalid", 5432), ConnectionFailure.UNKNOWN_HOST);
        assertFailure(at("127.0.0.1:1/x?socketFactory=java.lang.Object&", 5432), ConnectionFailure.UNKNOWN_HOST);
        assertFailure(at("127.0.0.1", FreePorts.next()), ConnectionFailure.REFUSED);
    }

    @Test
    void saysThatAnAccessRuleIsMissing() {
        try (PostgresServer server = PostgresServer.start(18)) {
            Shop shop = new Shop(server.createDatabase());
            shop.database()
                    .execute(
                            "CREATE TABLE rules (line text)",
                            "INSERT INTO rules VALUES ('host postgres all 127.0.0.1/32 scram-sha-256')",
                            "COPY rules TO PROGRAM 'cat > pg_hba.conf'",
                            "SELECT pg_reload_conf()");
            await().untilAsserted(() -> assertFailure(shop.address(), ConnectionFailure.ACCESS_RULE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void pinsHowLiteralsAreRead(int major) throws SQLException {
        Shop shop = Shop.on(major);
        shop.database().execute("ALTER DATABASE " + shop.database().name() + " SET standard_conforming_strings = off");
        try (Connection session = shop.open()) {
            assertThat(Rows.first(session, "SELECT length('\\\\')", row -> row.getInt(1)))
                    .contains(2);
        }
    }

    @Test
    void neverShowsThePassword() {
        assertThat(at("127.0.0.1", 5432).toString()).doesNotContain(SECRET);
    }

    private static DatabaseAddress at(String host, int port) {
        return new DatabaseAddress(
                host,
                port,
                "db",
                "user",
                new Password(SECRET),
                TlsMode.DISABLE,
                Duration.ofSeconds(5),
                "millrace-test");
    }

    private static void assertFailure(DatabaseAddress address, ConnectionFailure failure) {
        assertThatExceptionOfType(ConnectionFailedException.class)
                .isThrownBy(() -> new PostgresSessions().open(address).close())
                .satisfies(thrown -> {
                    assertThat(thrown.failure()).as(thrown.getMessage()).isEqualTo(failure);
                    assertThat(thrown.getMessage() + thrown.hint()).doesNotContain(SECRET);
                });
    }
}
