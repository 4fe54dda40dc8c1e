package io.millrace.snapshot;

import java.util.List;

/**
 * What snapshots need to know of a source.
 *
 * @param running whether its task runs, so that a snapshot would begin
 * @param status its state as clients see it, for messages
 * @param topics in the order of its table list
 */
public record SnapshotSource(String id, String name, boolean running, String status, List<TableTopic> topics) {
    public SnapshotSource {
        topics = List.copyOf(topics);
    }
}
