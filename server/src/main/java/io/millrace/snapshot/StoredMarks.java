package io.millrace.snapshot;

import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import io.millrace.store.Store;
import io.millrace.store.Times;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells lists of sources and topics what the store knows of their newest snapshots, with one query for all of them. */
public final class StoredMarks implements SnapshotMarks {
    private final Store store;

    public StoredMarks(Store store) {
        this.store = store;
    }

    private record Found(SourceId source, Mark mark) {}

    @Override
    public Map<SourceId, List<Mark>> newest(Collection<SourceId> sources) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        List<Found> found = store.read(handle -> handle.createQuery(
                        "select r.source_id, n.topic, r.submitted_at, s.state from snapshot_newest n"
                                + " join snapshot_run r on r.id = n.run_id"
                                + " join topic_snapshot s on s.topic = n.topic"
                                + " where r.source_id in (<ids>) order by n.topic")
                .bindList("ids", sources.stream().map(SourceId::value).toList())
                .map((row, context) -> new Found(
                        new SourceId(row.getString("source_id")),
                        new Mark(
                                row.getString("topic"),
                                row.getString("state"),
                                Times.fromColumn(row.getLong("submitted_at")))))
                .list());
        return found.stream()
                .collect(Collectors.groupingBy(Found::source, Collectors.mapping(Found::mark, Collectors.toList())));
    }
}
