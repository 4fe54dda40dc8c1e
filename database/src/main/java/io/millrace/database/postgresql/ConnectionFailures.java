package io.millrace.database.postgresql;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import io.millrace.database.DatabaseAddress;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts the driver's and the server's reasons into words. */
final class ConnectionFailures {
    private ConnectionFailures() {}

    static ConnectionFailedException explained(DatabaseAddress address, SQLException e) {
        ConnectionFailure failure = failure(e);
        return new ConnectionFailedException(failure, message(failure, address, e), hint(failure, address), e);
    }

    private static ConnectionFailure failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String said = e.getMessage() == null ? "" : e.getMessage();
        return switch (state) {
            case "28P01" -> ConnectionFailure.WRONG_CREDENTIALS;
            case "28000" ->
                said.contains("pg_hba.conf") ? ConnectionFailure.ACCESS_RULE : ConnectionFailure.WRONG_CREDENTIALS;
            case "3D000" -> ConnectionFailure.UNKNOWN_DATABASE;
            case "42501" -> ConnectionFailure.NOT_PERMITTED;
            case "53300" -> ConnectionFailure.TOO_MANY_SESSIONS;
            case "57P03" -> ConnectionFailure.NOT_READY;
            default -> ofTheNetwork(e, said);
        };
    }

    private static ConnectionFailure ofTheNetwork(SQLException e, String said) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return ConnectionFailure.UNKNOWN_HOST;
            }
            if (cause instanceof ConnectException
                    && String.valueOf(cause.getMessage()).contains("refused")) {
                return ConnectionFailure.REFUSED;
            }
            if (cause instanceof SocketTimeoutException
                    || cause instanceof NoRouteToHostException
                    || String.valueOf(cause.getMessage()).contains("timed out")) {
                return ConnectionFailure.UNREACHABLE;
            }
            if (cause instanceof SSLException) {
                return ConnectionFailure.TLS_REFUSED;
            }
        }
        return said.contains("SSL") ? ConnectionFailure.TLS_REFUSED : ConnectionFailure.OTHER;
    }

    private static String message(ConnectionFailure failure, DatabaseAddress address, SQLException e) {
        String where = address.hostAndPort();
        return switch (failure) {
            case UNKNOWN_HOST -> "The host '" + address.host() + "' is not known.";
            case REFUSED -> "Nothing answers at " + where + ": the connection was refused.";
            case UNREACHABLE ->
                "The server at " + where + " did not answer within "
                        + address.connectTimeout().toSeconds() + " s.";
            case TLS_REFUSED -> "The server at " + where + " does not offer an encrypted connection.";
            case WRONG_CREDENTIALS ->
                "The server at " + where + " refused user '" + address.user()
                        + "': the user name or the password is wrong.";
            case ACCESS_RULE ->
                "The server at " + where + " does not let user '" + address.user() + "' into database '"
                        + address.database() + "' from here" + encryption(address) + ".";
            case UNKNOWN_DATABASE -> "The server at " + where + " has no database '" + address.database() + "'.";
            case NOT_PERMITTED ->
                "User '" + address.user() + "' may not connect to database '" + address.database() + "'.";
            case TOO_MANY_SESSIONS -> "The server at " + where + " has no connection left.";
            case NOT_READY -> "The server at " + where + " is starting or stopping.";
            case OTHER -> "No connection to " + where + ": " + e.getMessage();
        };
    }

    private static String encryption(DatabaseAddress address) {
        return switch (address.tls()) {
            case REQUIRE -> " over an encrypted connection";
            case DISABLE -> " without encryption";
        };
    }

    private static String hint(ConnectionFailure failure, DatabaseAddress address) {
        return switch (failure) {
            case UNKNOWN_HOST -> "Check the host name, and that this machine can resolve it.";
            case REFUSED -> "Check host and port, that the server runs, and that its listen_addresses let others in.";
            case UNREACHABLE -> "Check host and port, firewalls and the network on the way.";
            case TLS_REFUSED -> "Set ssl = on in the server's configuration, or set database.sslmode to disable.";
            case WRONG_CREDENTIALS ->
                "Check database.user and database.password; an administrator sets a new password with ALTER ROLE.";
            case ACCESS_RULE ->
                "Add a line for this user, database and address to the server's pg_hba.conf, then run:"
                        + " SELECT pg_reload_conf();";
            case UNKNOWN_DATABASE -> "Check database.dbname.";
            case NOT_PERMITTED ->
                "GRANT CONNECT ON DATABASE " + Identifiers.quote(address.database()) + " TO "
                        + Identifiers.quote(address.user()) + ";";
            case TOO_MANY_SESSIONS -> "Raise max_connections, or end sessions that are not needed.";
            case NOT_READY -> "Try again in a moment.";
            case OTHER -> "Look into the server's log.";
        };
    }
}
