package io.millrace.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source as a client asked for it.
 *
 * @param connector code of its connector, for example {@code postgresql}
 * @param tags ids of its tags
 * @param kcClusterId Connect cluster that the client named
 */
public record Source(
        SourceId id,
        String tenantId,
        String serviceId,
        String name,
        String connector,
        SourceConfig config,
        Claims claims,
        Course course,
        List<String> tags,
        Optional<String> kcClusterId,
        CreatedFrom createdFrom,
        Instant createdAt) {
    public Source {
        tags = List.copyOf(tags);
    }

    /** Returns the same source on another course. */
    public Source on(Course next) {
        return new Source(
                id,
                tenantId,
                serviceId,
                name,
                connector,
                config,
                claims,
                next,
                tags,
                kcClusterId,
                createdFrom,
                createdAt);
    }

    /** Returns the same source with other tags. */
    public Source tagged(List<String> next) {
        return new Source(
                id,
                tenantId,
                serviceId,
                name,
                connector,
                config,
                claims,
                course,
                next,
                kcClusterId,
                createdFrom,
                createdAt);
    }

    /** Returns the same source with other claims. */
    public Source claiming(Claims next) {
        return new Source(
                id,
                tenantId,
                serviceId,
                name,
                connector,
                config,
                next,
                course,
                tags,
                kcClusterId,
                createdFrom,
                createdAt);
    }
}
