package io.millrace.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows sources to clients. */
final class SourceViews {
    private final ConfigVault vault;

    SourceViews(ConfigVault vault) {
        this.vault = vault;
    }

    SourceView of(Source source, List<SourceTopic> topics, Health health, boolean secrets) {
        ObjectNode config = secrets
                ? vault.reveal(source.id(), source.config())
                : source.config().open();
        Map<String, List<String>> bySchema = new LinkedHashMap<>();
        topics.forEach(topic -> bySchema.computeIfAbsent(topic.table().schema(), schema -> new ArrayList<>())
                .add(topic.topicName()));
        return new SourceView(
                source.id().value(),
                source.name(),
                source.connector(),
                vault.connector(source.connector()).displayName(),
                source.createdAt().truncatedTo(ChronoUnit.SECONDS),
                source.createdFrom(),
                Optional.empty(),
                source.tenantId(),
                source.serviceId(),
                config,
                topics.stream().map(SourceTopic::topicId).toList(),
                bySchema,
                topics.stream().map(SourceTopic::topicName).toList(),
                List.copyOf(health.tasks().keySet()),
                health.state(),
                health.reason(),
                source.course().deleted()
                        ? SourceState.PENDING_DELETE.label()
                        : source.course().desired().label(),
                source.kcClusterId(),
                health.tasks(),
                source.tags());
    }

    /** The short form. */
    record Brief(String id, String name, String connector, String connectorDisplayName, SourceState connectorStatus) {}

    Brief brief(Source source, Health health) {
        return new Brief(
                source.id().value(),
                source.name(),
                source.connector(),
                vault.connector(source.connector()).displayName(),
                health.state());
    }
}
