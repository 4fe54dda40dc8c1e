package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A database of a test's own, and who asks it. */
record Shop(PostgresDatabase database) {
    /** A name with upper case, a quote, a dot, a blank and letters beyond ASCII. */
    static final TableName ODD = new TableName("Größe.\"x\"", "Ta\"b.le ünï");

    static final TableName ORDERS = new TableName("public", "orders");

    static Shop on(int major) {
        Shop shop = new Shop(PostgresServer.shared(major).createDatabase());
        shop.database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, tags jsonb, at timestamptz)",
                "INSERT INTO orders SELECT n, 'note ' || n, '{\"a\": 1}', now() FROM generate_series(1, 100) n",
                "CREATE SCHEMA " + Identifiers.quote(ODD.schema()),
                "CREATE TABLE " + Identifiers.quote(ODD)
                        + " (\"Ïd.\"\"x\"\" \" int PRIMARY KEY, \"DROP TABLE orders; --\" text)");
        return shop;
    }

    DatabaseAddress address() {
        return address(PostgresServer.USER, PostgresServer.PASSWORD);
    }

    DatabaseAddress address(String user, String password) {
        return address(database.name(), user, password, TlsMode.DISABLE);
    }

    DatabaseAddress address(String name, String user, String password, TlsMode tls) {
        return new DatabaseAddress(
                "127.0.0.1",
                database.server().port(),
                name,
                user,
                new Password(password),
                tls,
                Duration.ofSeconds(5),
                "millrace-test");
    }

    Connection open() throws SQLException {
        return new PostgresSessions().open(address());
    }
}
