package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sources that a test sets. */
final class FixedSources implements SnapshotSources {
    private final Map<String, SnapshotSource> sources = new ConcurrentHashMap<>();

    void put(String id, boolean running, List<TableTopic> topics) {
        sources.put(id, new SnapshotSource(id, "shop", running, running ? "Active" : "Paused", topics));
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
    public boolean exists(String sourceId) {
        return sources.containsKey(sourceId);
    }
}
