package io.millrace.database.postgresql;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Sessions;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Pattern;

/** Opens sessions. Thread-safe. */
public final class PostgresSessions implements Sessions {
    /** Anything else in a URL could switch the driver's own options. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._\\-]+|\\[?[0-9A-Fa-f:.]+]?");

    @Override
    public Connection open(DatabaseAddress address) throws ConnectionFailedException {
        try {
            if (!HOST.matcher(address.host()).matches()) {
                throw new SQLException("not a host name", new UnknownHostException(address.host()));
            }
            if ((address.user() + address.password().reveal()).indexOf('\0') >= 0) {
                throw new SQLException("a zero character ends a name", "28P01");
            }
            if (address.database().indexOf('\0') >= 0) {
                throw new SQLException("a zero character ends a name", "3D000");
            }
            return pinned(new org.postgresql.Driver().connect(url(address), properties(address)));
        } catch (SQLException e) {
            throw Refusals.explained(address, e);
        }
    }

    /** Sets what the meaning of our SQL hangs on, whatever the defaults of the role and the database are. */
    private static Connection pinned(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET standard_conforming_strings = on");
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static String url(DatabaseAddress address) {
        String host = address.host().contains(":") && !address.host().startsWith("[")
                ? "[" + address.host() + "]"
                : address.host();
        String database =
                URLEncoder.encode(address.database(), StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + host + ":" + address.port() + "/" + database;
    }

    private static Properties properties(DatabaseAddress address) {
        String seconds = Long.toString(address.connectTimeout().toSeconds());
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password().reveal());
        properties.setProperty("sslmode", address.tls().wire());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("ApplicationName", address.applicationName());
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }
}
