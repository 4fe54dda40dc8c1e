package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.DesiredState;
import io.millrace.connector.Health;
import java.util.List;

/**
 * A pipeline as far as those need it who count or watch all of them.
 *
 * @param topics names in Kafka of all its topics
 */
public record PipelineFlow(
        String id,
        String tenantId,
        String serviceId,
        String name,
        ConnectorId source,
        ConnectorId destination,
        DesiredState desired,
        List<String> topics) {
    public PipelineFlow {
        topics = List.copyOf(topics);
    }

    /** Returns the name of its state, by how its two ends are. */
    public String state(Health.State source, Health.State destination) {
        return PipelineStatus.of(desired, source, destination).label();
    }
}
