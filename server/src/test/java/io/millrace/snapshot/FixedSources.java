package io.millrace.snapshot;

import io.millrace.connector.BulkRequests;
import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sources that a test sets. The database id of a topic is {@code <source id>/<topic name>}. */
final class FixedSources implements SnapshotSources {
    private final Map<String, SnapshotSource> sources = new ConcurrentHashMap<>();

    void put(String id, boolean running, List<TableTopic> topics) {
        sources.put(
                id,
                new SnapshotSource(
                        id, "shop", running, running ? "Active" : "Paused", EnumSet.allOf(SnapshotKind.class), topics));
    }

    /** As {@link #put}, for a source that can take incremental runs only. */
    void putWithoutHolding(String id, List<TableTopic> topics) {
        sources.put(id, new SnapshotSource(id, "shop", true, "Active", EnumSet.of(SnapshotKind.INCREMENTAL), topics));
    }

    void delete(String id) {
        sources.remove(id);
    }

    @Override
    public SnapshotSource get(Caller caller, String sourceId) {
        if (!has(caller, sourceId)) {
            throw new ApiProblem.NotFound("Source not found: " + sourceId);
        }
        return sources.get(sourceId);
    }

    @Override
    public boolean has(Caller caller, String sourceId) {
        return exists(sourceId);
    }

    @Override
    public List<String> select(Caller caller, BulkRequests.Selection selection) {
        return selection.ids().orElseThrow();
    }

    @Override
    public Optional<OwnedTopic> topic(Caller caller, String databaseId) {
        return databaseId.contains("/")
                ? Optional.of(
                        new OwnedTopic(databaseId.split("/", 2)[0], databaseId.split("/", 2)[1]))
                : Optional.empty();
    }

    @Override
    public Optional<SnapshotSource> find(String sourceId) {
        return Optional.ofNullable(sources.get(sourceId));
    }

    @Override
    public boolean exists(String sourceId) {
        return sources.containsKey(sourceId);
    }
}
