package io.millrace.database;

import java.sql.Connection;

/** Opens sessions with databases of one product. Thread-safe. */
public interface Sessions {
    /**
     * Opens a session in auto-commit mode; the caller closes it.
     *
     * @throws ConnectionFailedException with the reason in words
     */
    Connection open(DatabaseAddress address) throws ConnectionFailedException;
}
