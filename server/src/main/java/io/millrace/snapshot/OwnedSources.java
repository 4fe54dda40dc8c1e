package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.source.BulkRequests;
import io.millrace.source.CaptureTypes;
import io.millrace.source.Health;
import io.millrace.source.Source;
import io.millrace.source.SourceBulk;
import io.millrace.source.SourceId;
import io.millrace.source.SourceService;
import io.millrace.source.SourceState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Sources as the platform keeps them. */
public final class OwnedSources implements SnapshotSources {
    private final SourceService sources;
    private final SourceBulk bulk;
    private final CaptureTypes types;

    public OwnedSources(SourceService sources, SourceBulk bulk, CaptureTypes types) {
        this.sources = sources;
        this.bulk = bulk;
        this.types = types;
    }

    @Override
    public SnapshotSource get(Caller caller, String sourceId) {
        return view(sources.get(caller, sourceId));
    }

    @Override
    public Optional<SnapshotSource> find(String sourceId) {
        return SourceId.find(sourceId).flatMap(sources::find).map(this::view);
    }

    private SnapshotSource view(Source source) {
        Health health = sources.health(source);
        return new SnapshotSource(
                source.id().value(),
                source.name(),
                health.state() == SourceState.ACTIVE,
                health.state().label(),
                types.of(source.connector()).canHoldItsStream()
                        ? EnumSet.allOf(SnapshotKind.class)
                        : EnumSet.of(SnapshotKind.INCREMENTAL),
                sources.topics(source).stream()
                        .map(topic -> new TableTopic(topic.topicId(), topic.topicName(), topic.table()))
                        .toList());
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
        return sources.topic(caller, databaseId)
                .map(found ->
                        new OwnedTopic(found.getKey().value(), found.getValue().topicName()));
    }

    @Override
    public boolean exists(String sourceId) {
        return SourceId.find(sourceId).flatMap(sources::find).isPresent();
    }
}
