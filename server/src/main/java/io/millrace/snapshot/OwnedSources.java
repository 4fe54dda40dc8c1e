package io.millrace.snapshot;

import io.millrace.connector.BulkRequests;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorBulk;
import io.millrace.connector.ConnectorService;
import io.millrace.connector.Health;
import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.source.CaptureTypes;
import io.millrace.source.SourceId;
import io.millrace.source.Sources;
import io.millrace.source.TopicDirectory;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sources as the platform keeps them. */
public final class OwnedSources implements SnapshotSources {
    private final ConnectorService sources;
    private final ConnectorBulk bulk;
    private final CaptureTypes types;
    private final TopicDirectory topics;

    public OwnedSources(Sources sources) {
        this.sources = sources.connectors().service();
        this.bulk = sources.connectors().bulk();
        this.types = sources.types();
        this.topics = sources.topics();
    }

    @Override
    public SnapshotSource get(Caller caller, String sourceId) {
        return view(sources.get(caller, sourceId));
    }

    @Override
    public Optional<SnapshotSource> find(String sourceId) {
        return known(sourceId).map(this::view);
    }

    private SnapshotSource view(Connector source) {
        Health health = sources.health(source);
        return new SnapshotSource(
                source.id().value(),
                source.name(),
                health.state() == Health.State.ACTIVE,
                health.state().label(),
                kinds(source),
                topics.of(SourceId.of(source.id())).stream()
                        .map(topic -> new TableTopic(topic.topicId(), topic.topicName(), topic.table()))
                        .toList());
    }

    private Set<SnapshotKind> kinds(Connector source) {
        return types.find(source.code())
                .map(type -> type.canHoldItsStream()
                        ? EnumSet.allOf(SnapshotKind.class)
                        : EnumSet.of(SnapshotKind.INCREMENTAL))
                .orElseGet(() -> EnumSet.noneOf(SnapshotKind.class));
    }

    @Override
    public boolean has(Caller caller, String sourceId) {
        try {
            return sources.get(caller, sourceId).id().value().equals(sourceId);
        } catch (ApiProblem.BadRequest | ApiProblem.NotFound e) {
            return false;
        }
    }

    @Override
    public List<String> select(Caller caller, BulkRequests.Selection selection) {
        return bulk.ids(caller, selection);
    }

    @Override
    public Optional<OwnedTopic> topic(Caller caller, String databaseId) {
        return topics.findByDatabaseId(caller, databaseId)
                .map(found ->
                        new OwnedTopic(found.source().value(), found.topic().topicName()));
    }

    @Override
    public boolean exists(String sourceId) {
        return known(sourceId).isPresent();
    }

    private Optional<Connector> known(String sourceId) {
        return SourceId.find(sourceId).map(SourceId::connectorId).flatMap(sources::find);
    }
}
