package io.millrace.database.mariadb;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Sessions;
import io.millrace.database.TlsMode;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Pattern;

/** Opens sessions with MariaDB and MySQL. Thread-safe. */
public final class MariaDbSessions implements Sessions {
    /** Anything else in a URL could switch the driver's own options. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._\\-]+|\\[?[0-9A-Fa-f:.]+]?");

    private static final Pattern DATABASE = Pattern.compile("[\\p{L}\\p{N}_$-]*");

    @Override
    public Connection open(DatabaseAddress address) throws ConnectionFailedException {
        if (address.tls() != TlsMode.PREFER) {
            return open(address, address.tls());
        }
        try {
            return open(address, TlsMode.REQUIRE);
        } catch (ConnectionFailedException e) {
            if (e.failure() == ConnectionFailure.TLS_REFUSED) {
                return open(address, TlsMode.DISABLE);
            }
            throw e;
        }
    }

    private static Connection open(DatabaseAddress address, TlsMode tls) throws ConnectionFailedException {
        try {
            if (!HOST.matcher(address.host()).matches()) {
                throw new SQLException("not a host name", new UnknownHostException(address.host()));
            }
            if (!DATABASE.matcher(address.database()).matches()) {
                throw new SQLException("not a name that a URL can carry", "42000", Codes.UNKNOWN_DATABASE);
            }
            Connection session = new org.mariadb.jdbc.Driver().connect(url(address), properties(address, tls));
            if (session == null) {
                throw new SQLException("the driver does not take the address");
            }
            return pinned(session);
        } catch (SQLException e) {
            throw Refusals.explained(address, e);
        }
    }

    /**
     * Sets what the meaning of our SQL, and of filters, hangs on, whatever the defaults of the server are: double quotes
     * enclose texts, a backslash escapes. The readers of the snapshot engine do the same.
     */
    private static Connection pinned(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
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
        return "jdbc:mariadb://" + host + ":" + address.port() + "/" + address.database();
    }

    private static Properties properties(DatabaseAddress address, TlsMode tls) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password().reveal());
        properties.setProperty("sslMode", tls == TlsMode.DISABLE ? "disable" : "trust");
        // without encryption MySQL's default login needs the server's key
        properties.setProperty("allowPublicKeyRetrieval", String.valueOf(tls == TlsMode.DISABLE));
        properties.setProperty(
                "connectTimeout", Long.toString(address.connectTimeout().toMillis()));
        properties.setProperty("connectionAttributes", "program_name:" + address.applicationName());
        properties.setProperty("permitMysqlScheme", "true");
        properties.setProperty("tinyInt1isBit", "false");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }
}
