package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import java.util.List;
import java.util.Set;

/**
 * What snapshots need to know of a source.
 *
 * @param running whether its task runs, so that a snapshot would begin
 * @param status its state as clients see it, for messages
 * @param kinds kinds of runs that it can take
 * @param topics in the order of its table list
 */
public record SnapshotSource(
        String id, String name, boolean running, String status, Set<SnapshotKind> kinds, List<TableTopic> topics) {

    public SnapshotSource {
        kinds = Set.copyOf(kinds);
        topics = List.copyOf(topics);
    }
}
