package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.http.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What others need to know of a pipeline: what it takes where.
 *
 * @param id 24 hex digits
 * @param sourceTopics names in Kafka of the topics that it takes from its source
 * @param otherTopics names in Kafka of those that it takes from transforms
 */
public record PipelineRoute(
        String id,
        Owner owner,
        ConnectorId source,
        ConnectorId destination,
        List<String> sourceTopics,
        List<String> otherTopics,
        Optional<Audit> audit) {
    public PipelineRoute {
        sourceTopics = List.copyOf(sourceTopics);
        otherTopics = List.copyOf(otherTopics);
    }

    /** Whose it is. */
    public record Owner(String tenantId, String serviceId) {}

    /** Returns whom the platform acts for when it does something that somebody wanted of the pipeline. */
    public Caller caller(String subject) {
        return new Caller(owner.tenantId(), owner.serviceId(), subject, Set.of(), false);
    }

    /**
     * A comparison of both ends that is wanted again and again, and what differs repaired.
     *
     * @param timestampColumn tells of rows when they were changed
     * @param deletesOnly whether only rows are repaired that the source has no more
     */
    public record Audit(
            List<String> topics, int intervalMinutes, Optional<String> timestampColumn, boolean deletesOnly) {
        public Audit {
            topics = List.copyOf(topics);
        }
    }

    static PipelineRoute of(Pipeline pipeline) {
        List<String> fromSource = pipeline.sourceTopicIds();
        return new PipelineRoute(
                pipeline.id().value(),
                new Owner(pipeline.tenantId(), pipeline.serviceId()),
                pipeline.source(),
                pipeline.destination(),
                fromSource.stream().distinct().toList(),
                pipeline.topicIds().stream()
                        .filter(topic -> !fromSource.contains(topic))
                        .toList(),
                pipeline.plan().audit().map(PipelineRoute::audit));
    }

    private static Audit audit(PipelineRequests.Audit audit) {
        return new Audit(audit.topics(), audit.intervalMinutes(), audit.timestampColumn(), audit.fixDeletesOnly());
    }
}
