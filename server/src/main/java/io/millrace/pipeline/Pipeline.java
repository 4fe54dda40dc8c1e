package io.millrace.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.CreatedFrom;
import io.millrace.connector.DesiredState;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline as a client asked for it.
 *
 * @param tags ids of its tags
 */
record Pipeline(
        PipelineId id,
        String tenantId,
        String serviceId,
        String name,
        ConnectorId source,
        ConnectorId destination,
        Plan plan,
        DesiredState desired,
        List<String> tags,
        CreatedFrom createdFrom,
        Instant createdAt) {
    Pipeline {
        tags = List.copyOf(tags);
    }

    /**
     * What is taken where, as it was sent.
     *
     * @param sourceName name that the client gave for the source, {@code destinationName} likewise
     * @param topics names of the source's topics
     * @param transforms outputs of transforms, in order
     * @param discovery outputs of transforms that are to join
     * @param snapshotNewTables whether tables that are added are to be snapshotted
     */
    record Plan(
            String sourceName,
            String destinationName,
            List<String> topics,
            List<JsonNode> transforms,
            List<JsonNode> discovery,
            boolean snapshotNewTables,
            Optional<PipelineRequests.Audit> audit) {
        Plan {
            topics = List.copyOf(topics);
            transforms = List.copyOf(transforms);
            discovery = List.copyOf(discovery);
        }
    }

    /** Returns the names in Kafka of its topics, each once. */
    Set<String> topicIds() {
        Set<String> ids = new LinkedHashSet<>(sourceTopicIds());
        plan.transforms()
                .forEach(transform -> ids.add(transform.path("topic_id").asText()));
        return ids;
    }

    /** Returns the names in Kafka of the topics of its source; a client may have sent these, or names without the prefix. */
    List<String> sourceTopicIds() {
        return plan.topics().stream()
                .map(topic -> topic.startsWith(source.prefix() + ".") ? topic : source.prefix() + "." + topic)
                .toList();
    }

    /** Returns the same pipeline, to go to another state. */
    Pipeline to(DesiredState next) {
        return new Pipeline(
                id, tenantId, serviceId, name, source, destination, plan, next, tags, createdFrom, createdAt);
    }

    /** Returns the same pipeline with other tags. */
    Pipeline tagged(List<String> next) {
        return new Pipeline(
                id, tenantId, serviceId, name, source, destination, plan, desired, next, createdFrom, createdAt);
    }
}
