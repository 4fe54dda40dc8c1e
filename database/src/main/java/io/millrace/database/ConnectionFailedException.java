package io.millrace.database;

import java.sql.SQLException;

/** No session could be had. The message says so in words for a person; it never holds a secret. */
public final class ConnectionFailedException extends SQLException {
    private final ConnectionFailure failure;
    private final String hint;

    public ConnectionFailedException(ConnectionFailure failure, String message, String hint, SQLException cause) {
        super(message, cause.getSQLState(), cause);
        this.failure = failure;
        this.hint = hint;
    }

    public ConnectionFailure failure() {
        return failure;
    }

    /** Returns what to do about it. */
    public String hint() {
        return hint;
    }
}
