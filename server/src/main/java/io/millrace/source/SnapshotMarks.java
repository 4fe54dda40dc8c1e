package io.millrace.source;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What lists of sources and topics say about snapshots. */
public interface SnapshotMarks {
    /**
     * Newest snapshot state of a topic.
     *
     * @param status running, completed, failed, pending or cancelled
     */
    record Mark(String topicId, String status, Instant submitted) {}

    /** Returns the newest state of each topic of these sources that ever was in a snapshot. */
    Map<SourceId, List<Mark>> newest(Collection<SourceId> sources);

    /** No snapshots. */
    SnapshotMarks NONE = sources -> Map.of();
}
