package io.millrace.metric;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.engine.ConnectorName;
import io.millrace.pipeline.PipelineFlow;
import io.millrace.source.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that is measured, at one moment: connectors, pipelines, and who takes what. */
final class Census {
    private final List<PipelineFlow> pipelines;
    private final Map<ConnectorName, Standing> connectors;
    private final Map<ConnectorId, Map<String, List<PipelineFlow>>> readers = new HashMap<>();

    /** Puts together what was read. */
    Census(List<Standing> connectors, List<PipelineFlow> pipelines) {
        this.pipelines = List.copyOf(pipelines);
        this.connectors = connectors.stream()
                .collect(Collectors.toUnmodifiableMap(one -> one.id().connectorName(), Function.identity()));
        for (PipelineFlow pipeline : pipelines) {
            Map<String, List<PipelineFlow>> topics =
                    readers.computeIfAbsent(pipeline.destination(), destination -> new HashMap<>());
            pipeline.topics().forEach(topic -> topics.computeIfAbsent(topic, key -> new ArrayList<>())
                    .add(pipeline));
        }
    }

    List<PipelineFlow> pipelines() {
        return pipelines;
    }

    Iterable<Standing> connectors() {
        return connectors.values();
    }

    Optional<Standing> connector(ConnectorName name) {
        return Optional.ofNullable(connectors.get(name));
    }

    /** Returns the ids of all sources. */
    List<SourceId> sources() {
        return sourcesByPrefix().values().stream()
                .map(source -> new SourceId(source.id().value()))
                .toList();
    }

    /** Returns the sources by what the names of their topics begin with, before the first dot. */
    Map<String, Standing> sourcesByPrefix() {
        return connectors.values().stream()
                .filter(connector -> connector.id().kind() == Kind.SOURCE)
                .collect(Collectors.toMap(source -> source.id().prefix(), Function.identity()));
    }

    /** Returns the topics that a destination takes, each with the pipelines that bring it there. */
    Map<String, List<PipelineFlow>> readBy(ConnectorId destination) {
        return readers.getOrDefault(destination, Map.of());
    }

    /** Returns the pipelines that bring a topic to a destination. */
    List<PipelineFlow> pipelines(ConnectorId destination, String topic) {
        return readBy(destination).getOrDefault(topic, List.of());
    }

    /** Returns whose the connectors and pipelines are. */
    Map<Entity, Owned> owned() {
        Map<Entity, Owned> owned = new HashMap<>();
        connectors.values().forEach(connector -> owned.put(Entity.of(connector.id()), Owned.of(connector)));
        pipelines.forEach(pipeline -> owned.put(Entity.pipeline(pipeline.id()), Owned.of(pipeline)));
        return owned;
    }

    /** Returns the entities that there are, topics excepted that nobody reads. */
    Set<Entity> entities() {
        Set<Entity> entities = new HashSet<>();
        connectors.values().forEach(connector -> {
            entities.add(Entity.of(connector.id()));
            entities.add(Entity.service(connector.serviceId()));
            readBy(connector.id()).keySet().forEach(topic -> entities.add(Entity.reading(connector.id(), topic)));
        });
        pipelines.forEach(pipeline -> entities.add(Entity.pipeline(pipeline.id())));
        return entities;
    }
}
