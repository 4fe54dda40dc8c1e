package io.millrace.source;

import java.util.Optional;

/**
 * What one source only may use.
 *
 * @param server {@code host:port} of the database server
 * @param database name of the database
 */
public record Claims(
        Optional<String> server, Optional<String> database, Optional<String> slot, Optional<String> publication) {
    /** No claims. */
    public static final Claims NONE =
            new Claims(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
