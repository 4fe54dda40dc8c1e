package io.millrace.source;

import io.millrace.connector.ConnectorConfig;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that the platform made in a database for a source that is gone, and has not dropped yet. A replication slot
 * that is left makes its server retain log.
 *
 * @param id 24 hex digits
 * @param connector code of the connector, which says how to drop it
 * @param config configuration that the source had, to reach the database
 * @param server address of the database server
 * @param attempts how often it was tried to drop it
 * @param lastError why the last attempt failed
 */
public record Remnant(
        String id,
        SourceId source,
        String tenantId,
        Made thing,
        String connector,
        ConnectorConfig config,
        String server,
        Instant leftAt,
        int attempts,
        Optional<String> lastError) {}
