package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The tables of the present run, and the way of what is streamed to the table that it concerns. Guarded by the engine's
 * lock.
 */
final class RunSet {
    private final Timeline timeline;
    private final String epoch = "millrace/" + UUID.randomUUID() + "/";
    private final Map<String, TopicRun> byTopic = new LinkedHashMap<>();
    private final Map<TableName, TopicRun> byTable = new HashMap<>();
    private final Map<String, TopicRun> byMarker = new HashMap<>();
    private long made;

    RunSet(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Forgets all tables. */
    void clear() {
        byTopic.clear();
        byTable.clear();
        byMarker.clear();
    }

    /** Returns a beginning of markers that nothing else in this or another life of the task has. */
    String newPrefix() {
        return epoch + made++ + "/";
    }

    /** Adds a table unless it is there, made for a prefix of its markers. */
    void add(String topic, Function<String, TopicRun> maker) {
        if (!byTopic.containsKey(topic)) {
            String prefix = newPrefix();
            TopicRun run = maker.apply(prefix);
            byTopic.put(topic, run);
            byTable.put(run.table(), run);
            byMarker.put(prefix, run);
        }
    }

    TopicRun of(String topic) {
        return byTopic.get(topic);
    }

    /** Returns the tables in the order of the run. */
    Collection<TopicRun> all() {
        return List.copyOf(byTopic.values());
    }

    boolean isEmpty() {
        return byTopic.isEmpty();
    }

    /** Returns whether rows of a table may still come. */
    boolean isActive() {
        return byTopic.values().stream()
                .anyMatch(
                        run -> run.phase() instanceof TopicPhase.Waiting || run.phase() instanceof TopicPhase.Reading);
    }

    /** Returns how much waits to be handed over of all tables, where so many rows are plenty. */
    Supply supply(long plentyRows) {
        return byTopic.values().stream()
                .map(run -> run.supply(plentyRows))
                .max(Comparator.naturalOrder())
                .orElse(Supply.NOTHING);
    }

    /** Notes what the task hands on. */
    void note(StreamEvent event) {
        if (event instanceof StreamEvent.RowChange change) {
            long moment = timeline.advance(change.transaction());
            Optional.ofNullable(byTable.get(change.table())).ifPresent(run -> run.note(change, moment));
        } else if (event instanceof StreamEvent.Truncation truncation) {
            long moment = timeline.advance(truncation.transaction());
            Optional.ofNullable(byTable.get(truncation.table())).ifPresent(run -> run.noteTruncation(moment));
        }
    }

    /** The stream has reached another place in the log. */
    void reached(long position) {
        timeline.reach(position);
        byTopic.values().forEach(TopicRun::reached);
    }

    /** The stream has passed a marker; one of an earlier life of the task says nothing, its chunk is read again. */
    void passed(String marker) {
        if (marker.startsWith(epoch)) {
            String prefix = marker.substring(0, marker.indexOf('/', epoch.length()) + 1);
            Optional.ofNullable(byMarker.get(prefix)).ifPresent(run -> run.passed(marker));
        }
    }
}
