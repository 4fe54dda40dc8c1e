package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A database of a test's own, and who asks it. */
record Shop(MariaDbDatabase database) {
    /** A name with upper case, quotes, a dot, a blank, a backslash and letters beyond ASCII. */
    static final String ODD = "Ta`b'le.\\ ünï";

    static Shop open() {
        Shop shop = new Shop(MariaDbServer.shared().createDatabase());
        shop.database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(40), day date)",
                "INSERT INTO orders SELECT seq, concat('note ', seq), '2026-01-01' + INTERVAL seq % 30 DAY FROM seq_1_to_100",
                "CREATE TABLE " + Identifiers.quote(ODD) + " (`Ïd.``x` int PRIMARY KEY, `DROP TABLE orders; --` text)");
        return shop;
    }

    TableName table(String name) {
        return new TableName(database.name(), name);
    }

    DatabaseAddress address() {
        return address(MariaDbServer.USER, MariaDbServer.PASSWORD);
    }

    DatabaseAddress address(String user, String password) {
        return address(database.server().port(), user, password, TlsMode.DISABLE);
    }

    static DatabaseAddress address(int port, String user, String password, TlsMode tls) {
        return new DatabaseAddress(
                "127.0.0.1", port, "", user, new Password(password), tls, Duration.ofSeconds(5), "millrace-test");
    }

    Connection session() throws SQLException {
        return new MariaDbSessions().open(address());
    }

    /** Makes a user with no rights but these, and returns its name; the password is {@code secret}. */
    String user(String name, String... grants) {
        database.execute("CREATE OR REPLACE USER '" + name + "'@'%' IDENTIFIED BY 'secret'");
        for (String grant : grants) {
            database.execute("GRANT " + grant + " TO '" + name + "'@'%'");
        }
        return name;
    }
}
