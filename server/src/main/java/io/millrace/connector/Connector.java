package io.millrace.connector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source or destination as a client asked for it.
 *
 * @param code what it connects to, for example {@code postgresql}
 * @param tags ids of its tags
 * @param kcClusterId Connect cluster that the client named
 */
public record Connector(
        ConnectorId id,
        String tenantId,
        String serviceId,
        String name,
        String code,
        ConnectorConfig config,
        Course course,
        List<String> tags,
        Optional<String> kcClusterId,
        CreatedFrom createdFrom,
        Instant createdAt) {
    public Connector {
        tags = List.copyOf(tags);
    }

    /** Returns the same connector on another course. */
    public Connector on(Course next) {
        return new Connector(
                id, tenantId, serviceId, name, code, config, next, tags, kcClusterId, createdFrom, createdAt);
    }

    /** Returns the same connector with other tags. */
    public Connector tagged(List<String> next) {
        return new Connector(
                id, tenantId, serviceId, name, code, config, course, next, kcClusterId, createdFrom, createdAt);
    }
}
