package io.millrace.destination.sql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ServerAddress;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.http.ApiProblem;
import java.time.Duration;
import java.util.regex.Pattern;

/** A database of a server, as the configurations of destinations name it. */
record ServerDatabase(ServerAddress server, String name) {
    private static final String DATABASE = "database.database.user.defined";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Pattern UNSAFE_IN_URL = Pattern.compile("[?&/%#;\\\\]");

    /** Reads and checks host, port and name. */
    static ServerDatabase of(ConfigValues config) {
        String name = SqlSink.text(config, DATABASE);
        if (UNSAFE_IN_URL.matcher(name).find()) {
            throw new ApiProblem.BadRequest("'" + DATABASE + "' must not hold any of ? & / % # ; \\");
        }
        return new ServerDatabase(ServerAddress.of(config), name);
    }

    /** Returns the JDBC URL for a driver. */
    String url(String driver) {
        return "jdbc:" + driver + "://" + server.urlHost() + ":" + server.port() + "/" + name;
    }

    /** Returns how to connect, encrypted where the server offers it. */
    DatabaseAddress address(ConfigValues config, Duration limit) {
        return new DatabaseAddress(
                server.host(),
                server.port(),
                name,
                SqlSink.text(config, "connection.username"),
                new Password(SqlSink.text(config, "connection.password")),
                TlsMode.PREFER,
                limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit,
                "millrace");
    }
}
