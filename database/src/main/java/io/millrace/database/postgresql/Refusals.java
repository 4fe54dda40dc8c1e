package io.millrace.database.postgresql;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import io.millrace.database.ConnectionFailures;
import io.millrace.database.DatabaseAddress;
import java.sql.SQLException;

/** Reads the driver's and the server's reasons for refusing a session. */
final class Refusals {
    private Refusals() {}

    static ConnectionFailedException explained(DatabaseAddress address, SQLException e) {
        ConnectionFailure failure = failure(e);
        return ConnectionFailures.explained(failure, address, hint(failure, address), e);
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
            default -> {
                ConnectionFailure network = ConnectionFailures.ofTheNetwork(e);
                yield network == ConnectionFailure.OTHER && said.contains("SSL")
                        ? ConnectionFailure.TLS_REFUSED
                        : network;
            }
        };
    }

    private static String hint(ConnectionFailure failure, DatabaseAddress address) {
        return switch (failure) {
            case UNKNOWN_HOST -> "Check the host name, and that this machine can resolve it.";
            case REFUSED -> "Check host and port, that the server runs, and that its listen_addresses let others in.";
            case UNREACHABLE -> "Check host and port, firewalls and the network on the way.";
            case TLS_REFUSED -> "Set ssl = on in the server's configuration, or set database.sslmode to disable.";
            case WRONG_CREDENTIALS ->
                "Check user name and password of the configuration; an administrator sets a new password with ALTER ROLE.";
            case ACCESS_RULE ->
                "Add a line for this user, database and address to the server's pg_hba.conf, then run:"
                        + " SELECT pg_reload_conf();";
            case UNKNOWN_DATABASE -> "Check the name of the database in the configuration.";
            case NOT_PERMITTED ->
                "GRANT CONNECT ON DATABASE " + Identifiers.quote(address.database()) + " TO "
                        + Identifiers.quote(address.user()) + ";";
            case TOO_MANY_SESSIONS -> "Raise max_connections, or end sessions that are not needed.";
            case NOT_READY -> "Try again in a moment.";
            case OTHER -> "Look into the server's log.";
        };
    }
}
