package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What a source wants of a server.
 *
 * @param product what the server is said to be
 * @param serverId number under which the source reads the log, where it has one already
 * @param wholeDatabases whether the source has to understand every table of a database of which it captures one
 * @param tables to capture, by database and name
 */
public record CaptureRequirements(
        Product product, Optional<Long> serverId, boolean wholeDatabases, List<TableName> tables) {
    public CaptureRequirements {
        tables = List.copyOf(tables);
    }
}
