package io.millrace.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source as clients read it.
 *
 * @param topicMap names of topics by schema
 * @param connectorStatusReason why it is broken, or what it lacks
 */
public record SourceView(
        String id,
        String name,
        String connector,
        String connectorDisplayName,
        Instant createdTimestamp,
        CreatedFrom createdFrom,
        Optional<String> subId,
        String tenantId,
        String serviceId,
        ObjectNode config,
        List<String> topicIds,
        Map<String, List<String>> topicMap,
        List<String> topics,
        List<Integer> tasks,
        SourceState connectorStatus,
        Optional<String> connectorStatusReason,
        String desiredState,
        Optional<String> kcClusterId,
        Map<Integer, Health.Task> taskStatuses,
        List<String> tags) {}
