package io.millrace.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of one follower: what it has to be told when a run went from one view to the next. */
final class EventDiff {
    /** A topic that goes on is told of so often, whether anything changed or not. */
    private static final Duration PACE = Duration.ofMillis(700);

    private final Map<String, Told> topics = new HashMap<>();
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

    /**
     * Returns the events that lead from what was told before to {@code now}, as they stand in the stream: a change of
     * state at once, other progress at a steady pace.
     */
    List<String> to(RunView now, Instant at) {
        List<String> events = new ArrayList<>();
        if (told.isEmpty()) {
            events.add(event("snapshot", now));
            now.topics().forEach(topic -> topics.put(topic.topicId(), new Told(topic, at)));
        } else {
            for (RunView.Topic topic : now.topics()) {
                if (topics.get(topic.topicId()).isOutdated(topic, at)) {
                    topics.put(topic.topicId(), new Told(topic, at));
                    events.add(event("progress", new TopicEvent(now.id(), topic)));
                }
            }
            if (now.status() != told.get().status()) {
                events.add(event("status", status(now)));
            }
        }
        if (now.status().isFinal()) {
            events.add(event("end", status(now)));
        }
        told = Optional.of(now);
        return events;
    }

    /** What was said of a topic last, and when. */
    private record Told(RunView.Topic topic, Instant at) {
        boolean isOutdated(RunView.Topic now, Instant moment) {
            boolean late = !moment.isBefore(at.plus(PACE));
            return now.status() != topic.status()
                    || late && (now.status() == TopicStatus.RUNNING || !now.equals(topic));
        }
    }

    private static StatusEvent status(RunView now) {
        return new StatusEvent(now.id(), now.status(), now.error());
    }

    private String event(String name, Object data) {
        id++;
        return "id: " + id + "\nevent: " + name + "\ndata: " + StoredJson.write(data) + "\n\n";
    }
}
