package io.millrace.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.ConnectorView;
import io.millrace.connector.CreatedFrom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as clients read it.
 *
 * @param source the source, with the topics that the pipeline takes
 * @param statusReason why it is broken, or which of its topics cannot be snapshotted, and why
 */
record PipelineView(
        String id,
        String name,
        Optional<String> subId,
        String tenantId,
        Instant createdTimestamp,
        CreatedFrom createdFrom,
        boolean snapshotNewTables,
        List<String> topicIds,
        List<String> topics,
        ConnectorView source,
        ConnectorView destination,
        List<JsonNode> transforms,
        List<String> tags,
        Optional<PipelineRequests.Audit> periodicAudit,
        List<JsonNode> topicAutoDiscoveryTransforms,
        PipelineStatus status,
        Optional<String> statusReason) {}
