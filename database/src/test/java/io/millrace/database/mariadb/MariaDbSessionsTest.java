package io.millrace.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.Rows;
import io.millrace.database.TlsMode;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MariaDbSessionsTest {
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open();
    }

    @Test
    void saysThatThePasswordIsWrongAndNotWhatItIs() {
        assertFailure(shop.address(MariaDbServer.USER, "wr0ng-password"), ConnectionFailure.WRONG_CREDENTIALS);
    }

    @Test
    void saysThatNothingListens() {
        assertFailure(
                Shop.address(FreePorts.next(), "u", "wr0ng-password", TlsMode.DISABLE), ConnectionFailure.REFUSED);
    }

    @Test
    void saysThatTheServerDoesNotEncrypt() {
        assertFailure(
                Shop.address(shop.database().server().port(), MariaDbServer.USER, "wr0ng-password", TlsMode.REQUIRE),
                ConnectionFailure.TLS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "127.0.0.1/x?autocommit=false", "a,b"})
    void takesOneHostNameAndNothingElse(String host) {
        assertFailure(
                new DatabaseAddress(
                        host,
                        3306,
                        "",
                        "u",
                        new Password("wr0ng-password"),
                        TlsMode.DISABLE,
                        Duration.ofSeconds(1),
                        "millrace-test"),
                ConnectionFailure.UNKNOWN_HOST);
    }

    @Test
    void doesWithoutEncryptionWhereItIsOnlyPreferred() throws SQLException {
        DatabaseAddress address = Shop.address(
                shop.database().server().port(), MariaDbServer.USER, MariaDbServer.PASSWORD, TlsMode.PREFER);

        try (Connection session = new MariaDbSessions().open(address)) {
            assertThat(Rows.first(session, "SELECT '\\'', @@time_zone", row -> row.getString(1) + row.getString(2)))
                    .contains("'+00:00");
        }
    }

    private static void assertFailure(DatabaseAddress address, ConnectionFailure failure) {
        assertThatThrownBy(() -> new MariaDbSessions().open(address))
                .asInstanceOf(type(ConnectionFailedException.class))
                .satisfies(e -> {
                    assertThat(e.failure()).isEqualTo(failure);
                    assertThat(e.hint()).isNotBlank();
                    assertThat(e.getMessage()).doesNotContain("wr0ng-password");
                });
    }
}
