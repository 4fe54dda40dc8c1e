package io.millrace.connect.snapshot.binlog;

import java.sql.SQLException;
import java.util.Optional;

/** Finds what the driver said inside the unchecked exceptions that Debezium makes of it. */
final class SqlCause {
    private SqlCause() {}

    /** Returns the first exception of the driver in the chain of causes. */
    static Optional<SQLException> of(RuntimeException wrapped) {
        for (Throwable cause = wrapped.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said) {
                return Optional.of(said);
            }
        }
        return Optional.empty();
    }
}
