package io.millrace.database.mariadb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Which of the two products a session is with. */
public enum Product {
    MARIADB("MariaDB"),
    MYSQL("MySQL");

    private final String title;

    Product(String title) {
        this.title = title;
    }

    /** Returns the name for people. */
    public String title() {
        return title;
    }

    /** Returns what the server says it is. */
    static Product of(Connection session) throws SQLException {
        String name = session.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        return name.contains("mysql") ? MYSQL : MARIADB;
    }
}
