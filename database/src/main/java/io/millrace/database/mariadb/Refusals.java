package io.millrace.database.mariadb;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import io.millrace.database.ConnectionFailures;
import io.millrace.database.DatabaseAddress;
import java.sql.SQLException;
import java.util.Locale;

/** Reads the driver's and the server's reasons for refusing a session. */
final class Refusals {
    private Refusals() {}

    static ConnectionFailedException explained(DatabaseAddress address, SQLException e) {
        ConnectionFailure failure = failure(e);
        return ConnectionFailures.explained(failure, address, hint(failure, address), e);
    }

    private static ConnectionFailure failure(SQLException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return switch (e.getErrorCode()) {
            case Codes.ACCESS_DENIED, Codes.ACCESS_DENIED_NO_PASSWORD, Codes.ACCOUNT_LOCKED ->
                ConnectionFailure.WRONG_CREDENTIALS;
            case Codes.HOST_BLOCKED, Codes.HOST_NOT_ALLOWED -> ConnectionFailure.ACCESS_RULE;
            case Codes.UNKNOWN_DATABASE -> ConnectionFailure.UNKNOWN_DATABASE;
            case Codes.DATABASE_NOT_PERMITTED -> ConnectionFailure.NOT_PERMITTED;
            case Codes.TOO_MANY_CONNECTIONS, Codes.USER_LIMIT -> ConnectionFailure.TOO_MANY_SESSIONS;
            case Codes.SERVER_SHUTDOWN -> ConnectionFailure.NOT_READY;
            default -> {
                ConnectionFailure network = ConnectionFailures.ofTheNetwork(e);
                yield network == ConnectionFailure.OTHER && said.contains("ssl")
                        ? ConnectionFailure.TLS_REFUSED
                        : network;
            }
        };
    }

    private static String hint(ConnectionFailure failure, DatabaseAddress address) {
        return switch (failure) {
            case UNKNOWN_HOST -> "Check the host name, and that this machine can resolve it.";
            case REFUSED -> "Check host and port, that the server runs, and that its bind-address lets others in.";
            case UNREACHABLE -> "Check host and port, firewalls and the network on the way.";
            case TLS_REFUSED ->
                "Give the server a certificate (ssl_cert, ssl_key), or set database.ssl.mode to disable.";
            case WRONG_CREDENTIALS ->
                "Check user name and password of the configuration, and that the user may come from here; an administrator sets"
                        + " a new password with ALTER USER.";
            case ACCESS_RULE ->
                "Let the user come from this host: CREATE USER " + Identifiers.account(address.user())
                        + " IDENTIFIED BY '...'; or unblock the host: FLUSH HOSTS;";
            case UNKNOWN_DATABASE -> "Check the names of databases in the configuration.";
            case NOT_PERMITTED ->
                "GRANT SELECT ON " + Identifiers.quote(address.database()) + ".* TO "
                        + Identifiers.account(address.user()) + ";";
            case TOO_MANY_SESSIONS -> "Raise max_connections, or end sessions that are not needed.";
            case NOT_READY -> "Try again in a moment.";
            case OTHER -> "Look into the server's log.";
        };
    }
}
