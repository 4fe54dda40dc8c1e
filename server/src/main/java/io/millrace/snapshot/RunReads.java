package io.millrace.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads runs, with their topics, in a transaction of somebody else. */
final class RunReads {
    private RunReads() {}

    static Optional<Run> newest(Handle handle, String sourceId) {
        return handle.createQuery("select r.* from snapshot_source s join snapshot_run r on r.id = s.newest_run"
                        + " where s.source_id = :source")
                .bind("source", sourceId)
                .map((row, context) -> RunRows.run(row))
                .findOne()
                .map(row -> whole(handle, List.of(row)).get(0));
    }

    static Optional<Run> find(Handle handle, String sourceId, RunId id) {
        return handle.createQuery("select * from snapshot_run where source_id = :source and id = :id")
                .bind("source", sourceId)
                .bind("id", id.value())
                .map((row, context) -> RunRows.run(row))
                .findOne()
                .map(row -> whole(handle, List.of(row)).get(0));
    }

    /** Adds their topics to runs, with one query for all. */
    static List<Run> whole(Handle handle, List<RunRows.RunRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<String, List<RunTopic>> topics = new LinkedHashMap<>();
        handle.createQuery("select * from snapshot_topic where run_id in (<ids>) order by run_id, position")
                .bindList("ids", rows.stream().map(row -> row.id().value()).toList())
                .map((row, context) -> Map.entry(row.getString("run_id"), RunRows.topic(row)))
                .forEach(entry -> topics.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return rows.stream()
                .map(row -> new Run(
                        row.id(),
                        row.sourceId(),
                        row.order(),
                        row.state(),
                        topics.getOrDefault(row.id().value(), List.of()),
                        row.percent()))
                .toList();
    }
}
