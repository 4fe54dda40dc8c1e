package io.millrace.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of one follower: what it has to be told when a run went from one view to the next. */
final class EventDiff {
    private Optional<RunView> told = Optional.empty();
    private long id;

    /**
     * Begins to follow.
     *
     * @param lastId id of the last event that the follower has seen in an earlier connection
     */
    EventDiff(long lastId) {
        id = lastId;
    }

    /** Data of {@code progress}. */
    record TopicEvent(String snapshotId, RunView.Topic topic) {}

    /** Data of {@code status} and {@code end}. */
    record StatusEvent(String snapshotId, RunStatus status, Optional<String> error) {}

    /** Returns the events that lead from what was told before to {@code now}, as they stand in the stream. */
    List<String> to(RunView now) {
        List<String> events = new ArrayList<>();
        if (told.isEmpty()) {
            events.add(event("snapshot", now));
        } else {
            RunView before = told.get();
            Map<String, RunView.Topic> topics = new HashMap<>();
            before.topics().forEach(topic -> topics.put(topic.topicId(), topic));
            for (RunView.Topic topic : now.topics()) {
                if (!topic.equals(topics.get(topic.topicId()))) {
                    events.add(event("progress", new TopicEvent(now.id(), topic)));
                }
            }
            if (now.status() != before.status()) {
                events.add(event("status", status(now)));
            }
        }
        if (now.status().isFinal()) {
            events.add(event("end", status(now)));
        }
        told = Optional.of(now);
        return events;
    }

    private static StatusEvent status(RunView now) {
        return new StatusEvent(now.id(), now.status(), now.error());
    }

    private String event(String name, Object data) {
        id++;
        return "id: " + id + "\nevent: " + name + "\ndata: " + StoredJson.write(data) + "\n\n";
    }
}
