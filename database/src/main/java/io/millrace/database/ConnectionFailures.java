package io.millrace.database;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts into words, the same for all products, why there is no session. */
public final class ConnectionFailures {
    private ConnectionFailures() {}

    /** Returns what the network did to a driver; {@link ConnectionFailure#OTHER} if it was not the network. */
    public static ConnectionFailure ofTheNetwork(SQLException e) {
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
        return ConnectionFailure.OTHER;
    }

    /**
     * Returns the failure with its message.
     *
     * @param hint what to do about it, in the terms of the product
     */
    public static ConnectionFailedException explained(
            ConnectionFailure failure, DatabaseAddress address, String hint, SQLException e) {
        return new ConnectionFailedException(failure, message(failure, address, e), hint, e);
    }

    private static String message(ConnectionFailure failure, DatabaseAddress address, SQLException e) {
        String where = address.hostAndPort();
        String in = address.database().isEmpty() ? "" : " into database '" + address.database() + "'";
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
                "The server at " + where + " does not let user '" + address.user() + "'" + in + " from here"
                        + encryption(address) + ".";
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
            case PREFER -> "";
            case DISABLE -> " without encryption";
        };
    }
}
