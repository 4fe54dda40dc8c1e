package io.millrace.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Shows connectors to clients. */
public final class ConnectorViews {
    private final ConfigVault vault;
    private final ConnectorTopics topics;

    ConnectorViews(ConfigVault vault, ConnectorTopics topics) {
        this.vault = vault;
        this.topics = topics;
    }

    /** The short form. */
    public record Brief(
            String id, String name, String connector, String connectorDisplayName, Health.State connectorStatus) {}

    List<ConnectorView> of(Handle handle, List<Connector> connectors, Healths.Look look, boolean secrets) {
        return List.copyOf(byId(handle, connectors, look, secrets).values());
    }

    Map<ConnectorId, ConnectorView> byId(
            Handle handle, List<Connector> connectors, Healths.Look look, boolean secrets) {
        Map<ConnectorId, List<ConnectorTopic>> found =
                topics.of(handle, connectors.stream().map(Connector::id).toList());
        Map<ConnectorId, ConnectorView> views = new LinkedHashMap<>();
        for (Connector connector : connectors) {
            Health health = look.of(connector.id(), connector.course());
            views.put(connector.id(), of(connector, found.getOrDefault(connector.id(), List.of()), health, secrets));
        }
        return views;
    }

    ConnectorView of(Handle handle, Connector connector, Health health, boolean secrets) {
        Map<ConnectorId, List<ConnectorTopic>> found = topics.of(handle, List.of(connector.id()));
        return of(connector, found.getOrDefault(connector.id(), List.of()), health, secrets);
    }

    Brief brief(Connector connector, Health health) {
        return new Brief(
                connector.id().value(),
                connector.name(),
                connector.code(),
                vault.connector(connector.code()).displayName(),
                health.state());
    }

    private ConnectorView of(Connector connector, List<ConnectorTopic> topics, Health health, boolean secrets) {
        ObjectNode config = secrets
                ? vault.reveal(connector.id(), connector.config())
                : connector.config().open();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        topics.forEach(topic -> groups.computeIfAbsent(topic.group(), group -> new ArrayList<>())
                .add(topic.name()));
        return new ConnectorView(
                connector.id().value(),
                connector.name(),
                connector.code(),
                vault.connector(connector.code()).displayName(),
                connector.createdAt().truncatedTo(ChronoUnit.SECONDS),
                connector.createdFrom(),
                Optional.empty(),
                connector.tenantId(),
                Optional.of(connector.serviceId())
                        .filter(service -> connector.id().kind() == Kind.SOURCE),
                config,
                topics.stream().map(ConnectorTopic::id).toList(),
                groups,
                topics.stream().map(ConnectorTopic::name).toList(),
                List.copyOf(health.tasks().keySet()),
                health.state(),
                health.reason(),
                connector.course().deleted()
                        ? Health.State.PENDING_DELETE.label()
                        : connector.course().desired().label(),
                connector.kcClusterId(),
                health.tasks(),
                connector.tags());
    }
}
