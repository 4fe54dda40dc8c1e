package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import java.util.List;
import java.util.Optional;

/**
 * What others need to know of a pipeline: what it takes where.
 *
 * @param id 24 hex digits
 * @param sourceTopics names in Kafka of the topics that it takes from its source
 * @param otherTopics names in Kafka of those that it takes from transforms
 */
public record PipelineRoute(
        String id,
        ConnectorId source,
        ConnectorId destination,
        List<String> sourceTopics,
        List<String> otherTopics,
        Optional<Audit> audit) {
    public PipelineRoute {
        sourceTopics = List.copyOf(sourceTopics);
        otherTopics = List.copyOf(otherTopics);
    }

    /** A comparison of both ends that is wanted again and again. */
    public record Audit(List<String> topics, int intervalMinutes) {
        public Audit {
            topics = List.copyOf(topics);
        }
    }

    static PipelineRoute of(Pipeline pipeline) {
        List<String> fromSource = pipeline.sourceTopicIds();
        return new PipelineRoute(
                pipeline.id().value(),
                pipeline.source(),
                pipeline.destination(),
                fromSource.stream().distinct().toList(),
                pipeline.topicIds().stream()
                        .filter(topic -> !fromSource.contains(topic))
                        .toList(),
                pipeline.plan().audit().map(audit -> new Audit(audit.topics(), audit.intervalMinutes())));
    }
}
