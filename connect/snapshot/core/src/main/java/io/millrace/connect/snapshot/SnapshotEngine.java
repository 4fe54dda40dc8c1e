package io.millrace.connect.snapshot;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.TableName;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The snapshots of one source, as its task sees them: told what should run, given what was streamed, it returns what
 * the task hands on.
 *
 * <p>{@link #apply}, {@link #announcements} and {@link #process} are called by the task's thread; readers work on
 * threads of their own. Between two calls nothing leaves the engine, so after {@code apply} of a stop has returned no row
 * of that table follows (S7).
 */
public final class SnapshotEngine implements AutoCloseable {
    private final SnapshotSettings settings;
    private final SnapshotDatabase database;
    private final Function<String, Map<String, Object>> offsetOf;
    private final Executor threads;
    private final Timeline timeline;
    private final String epoch = "millrace/" + UUID.randomUUID() + "/";
    private final Map<String, TopicRun> runs = new LinkedHashMap<>();
    private final Map<TableName, TopicRun> byTable = new HashMap<>();
    private final Map<String, TopicRun> byMarker = new HashMap<>();
    private final Set<TopicRun> toAnnounce = new LinkedHashSet<>();
    private Optional<String> runId = Optional.empty();
    private long revision = -1;
    private long runsMade;

    /**
     * Makes an engine with nothing to do.
     *
     * @param offsetOf source offset that was committed last for a source partition of the engine, by topic; null values
     *     are none
     * @param threads runs readers, one thread for each table that is read
     */
    public SnapshotEngine(
            SnapshotSettings settings,
            SnapshotDatabase database,
            Function<String, Map<String, Object>> offsetOf,
            Executor threads,
            Clock clock) {
        this.settings = settings;
        this.database = database;
        this.offsetOf = offsetOf;
        this.threads = threads;
        this.timeline = new Timeline(clock);
    }

    /** Makes what runs equal to what should; a revision that is not newer than the present one changes nothing. */
    public void apply(DesiredSnapshot desired) {
        if (desired.revision() <= revision) {
            return;
        }
        Map<String, Position> stored = storedPositions(desired);
        timeline.lock();
        try {
            revision = desired.revision();
            Optional<String> wantedId = desired.run().map(DesiredRun::runId);
            if (!wantedId.equals(runId)) {
                runs.values().forEach(this::discard);
                runs.clear();
                byTable.clear();
                byMarker.clear();
                toAnnounce.clear();
                runId = wantedId;
            }
            desired.run().ifPresent(run -> {
                for (DesiredTopic topic : run.topics()) {
                    TopicRun present = runs.computeIfAbsent(topic.topic(), name -> make(run, topic, stored.get(name)));
                    follow(present, run.intentOf(topic));
                }
            });
            startWaiting();
        } finally {
            timeline.unlock();
        }
    }

    private Map<String, Position> storedPositions(DesiredSnapshot desired) {
        Map<String, Position> positions = new LinkedHashMap<>();
        desired.run().filter(run -> !runId.equals(Optional.of(run.runId()))).ifPresent(run -> {
            for (DesiredTopic topic : run.topics()) {
                Position before = Position.before(run.runId(), topic.startAfter());
                positions.put(
                        topic.topic(),
                        Position.of(offsetOf.apply(topic.topic()), run.runId()).orElse(before));
            }
        });
        return positions;
    }

    private TopicRun make(DesiredRun run, DesiredTopic topic, Position position) {
        String prefix = epoch + runsMade++ + "/";
        TopicRun made = new TopicRun(timeline, topic, run.surrogateKey(), prefix, position, settings.chunkBytes());
        made.onChange(() -> {
            announce(made);
            startWaiting();
        });
        byTable.put(topic.table(), made);
        byMarker.put(prefix, made);
        return made;
    }

    private void follow(TopicRun run, Intent intent) {
        TopicPhase phase = run.phase();
        if (intent == Intent.STOP) {
            if (phase instanceof TopicPhase.Idle idle) {
                leave(run, idle.stop());
            } else if (phase instanceof TopicPhase.Reading reading) {
                leave(run, reading.stop());
            }
        } else if (intent == Intent.PAUSE) {
            if (phase instanceof TopicPhase.Waiting waiting) {
                leave(run, waiting.pause());
            } else if (phase instanceof TopicPhase.Reading reading) {
                leave(run, reading.pause());
            }
        } else if (phase instanceof TopicPhase.Held held) {
            leave(run, held.resume());
        }
    }

    private void leave(TopicRun run, TopicPhase next) {
        discard(run);
        run.move(next);
        announce(run);
    }

    private void discard(TopicRun run) {
        if (run.phase() instanceof TopicPhase.Reading reading) {
            reading.reader().discard();
            threads.execute(reading.reader()::cancelQuery);
            timeline.signal();
        }
    }

    private void startWaiting() {
        long reading = runs.values().stream()
                .filter(run -> run.phase() instanceof TopicPhase.Reading)
                .count();
        for (TopicRun run : runs.values()) {
            if (reading >= settings.parallelism()) {
                return;
            }
            if (run.phase() instanceof TopicPhase.Waiting waiting) {
                TableReader reader = new TableReader(database, run);
                run.move(waiting.read(reader));
                threads.execute(reader);
                reading++;
            }
        }
    }

    /** Returns the progress records that are due, to be handed on before anything else; empties the list. */
    public List<SourceRecord> announcements() {
        timeline.lock();
        try {
            List<SourceRecord> due = toAnnounce.stream().map(this::progress).toList();
            toAnnounce.clear();
            return due;
        } finally {
            timeline.unlock();
        }
    }

    /** Returns what the task hands on for what was streamed: the same in the same order, with snapshot rows put in. */
    public List<SourceRecord> process(List<SourceRecord> streamed) {
        List<SourceRecord> out = new ArrayList<>(streamed.size());
        timeline.lock();
        try {
            for (SourceRecord record : streamed) {
                StreamEvent event = database.classify(record);
                if (event instanceof StreamEvent.Marker marker) {
                    passed(marker.text(), out);
                    continue;
                }
                note(event);
                out.add(record);
            }
        } finally {
            timeline.unlock();
        }
        return out;
    }

    private void note(StreamEvent event) {
        if (event instanceof StreamEvent.RowChange change) {
            long moment = timeline.advance(change.transaction());
            Optional.ofNullable(byTable.get(change.table())).ifPresent(run -> run.note(change, moment));
        } else if (event instanceof StreamEvent.Truncation truncation) {
            long moment = timeline.advance(truncation.transaction());
            Optional.ofNullable(byTable.get(truncation.table())).ifPresent(run -> run.noteTruncation(moment));
        }
    }

    private void passed(String marker, List<SourceRecord> out) {
        if (!marker.startsWith(epoch)) {
            return; // of an earlier life of this task; its chunk will be read again
        }
        String prefix = marker.substring(0, marker.indexOf('/', epoch.length()) + 1);
        TopicRun run = byMarker.get(prefix);
        if (run == null) {
            return; // of a run that has ended
        }
        Position before = run.position();
        run.passed(marker, out);
        if (!run.position().equals(before)) {
            toAnnounce.remove(run);
            out.add(progress(run));
            startWaiting();
        }
    }

    /** Notes that progress is due; it is written as it stands when it goes out, or it would go back in time (S5). */
    private void announce(TopicRun run) {
        toAnnounce.add(run);
    }

    private SourceRecord progress(TopicRun run) {
        Position position = run.position();
        TopicState state = run.phase().state();
        Instant now = timeline.now();
        TopicProgress progress = new TopicProgress(
                settings.sourceId(),
                position.runId(),
                run.topic(),
                state,
                revision,
                position.rows(),
                position.bytes(),
                run.keyColumns(),
                position.last(),
                run.chunkRows(),
                position.started(),
                state.isFinal() ? Optional.of(now) : Optional.empty(),
                run.error(),
                now);
        return SnapshotRecords.progress(progress, position.toOffset());
    }

    /** Ends the readers; positions stay as they were committed. */
    @Override
    public void close() {
        timeline.lock();
        try {
            runs.values().forEach(this::discard);
        } finally {
            timeline.unlock();
        }
    }
}
