package io.millrace.connector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector as clients read it.
 *
 * @param serviceId missing in the answer of a destination
 * @param topicMap names of topics by group
 * @param connectorStatusReason why it is broken, or what it lacks
 */
public record ConnectorView(
        String id,
        String name,
        String connector,
        String connectorDisplayName,
        Instant createdTimestamp,
        CreatedFrom createdFrom,
        Optional<String> subId,
        String tenantId,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> serviceId,
        ObjectNode config,
        List<String> topicIds,
        Map<String, List<String>> topicMap,
        List<String> topics,
        List<Integer> tasks,
        Health.State connectorStatus,
        Optional<String> connectorStatusReason,
        String desiredState,
        Optional<String> kcClusterId,
        Map<Integer, Health.Task> taskStatuses,
        List<String> tags) {

    /** Returns the same connector under another name. */
    public ConnectorView called(String another) {
        return with(another, topicIds, topicMap, topics);
    }

    /** Returns the same connector with some of its topics only. */
    public ConnectorView taking(List<String> names, List<String> ids) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        topicMap.forEach((group, members) -> {
            List<String> taken = members.stream().filter(names::contains).toList();
            if (!taken.isEmpty()) {
                groups.put(group, taken);
            }
        });
        return with(name, ids, groups, names);
    }

    private ConnectorView with(String called, List<String> ids, Map<String, List<String>> groups, List<String> names) {
        return new ConnectorView(
                id,
                called,
                connector,
                connectorDisplayName,
                createdTimestamp,
                createdFrom,
                subId,
                tenantId,
                serviceId,
                config,
                ids,
                groups,
                names,
                tasks,
                connectorStatus,
                connectorStatusReason,
                desiredState,
                kcClusterId,
                taskStatuses,
                tags);
    }
}
