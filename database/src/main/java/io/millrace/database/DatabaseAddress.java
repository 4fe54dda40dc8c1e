package io.millrace.database;

import java.time.Duration;

/**
 * Where a database is and who asks.
 *
 * @param host name or address
 * @param database name of the database; empty where a session spans all databases of the server
 * @param connectTimeout for each step of connecting; whole seconds, at least one
 * @param applicationName how the sessions are called in the database's own views
 */
public record DatabaseAddress(
        String host,
        int port,
        String database,
        String user,
        Password password,
        TlsMode tls,
        Duration connectTimeout,
        String applicationName) {
    public DatabaseAddress {
        if (host.isBlank() || user.isEmpty()) {
            throw new IllegalArgumentException("a database has a host and a user");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        if (connectTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a connection needs at least one second, not " + connectTimeout);
        }
    }

    /** Returns host and port, for messages. */
    public String hostAndPort() {
        return host + ":" + port;
    }
}
