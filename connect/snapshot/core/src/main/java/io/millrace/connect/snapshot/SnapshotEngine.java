package io.millrace.connect.snapshot;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The snapshots of one source, as its task sees them: told what should run, given what was streamed, it returns what
 * the task hands on.
 *
 * <p>{@link #apply}, {@link #announcements}, {@link #process} and {@link #handOver} are called by the task's thread;
 * readers work on threads of their own. Between two calls nothing leaves the engine, so after {@code apply} of a stop
 * has returned no row of that table follows (S7).
 */
public final class SnapshotEngine implements AutoCloseable {
    /** Rows of one {@link #handOver}, a few more when batches are larger: little is on its way when a stop comes. */
    private static final long ROWS_AT_ONCE = 8_000;

    private static final long BYTES_AT_ONCE = 4 << 20;

    private final SnapshotSettings settings;
    private final SnapshotDatabase database;
    private final ReaderPool readers;
    private final Function<String, Map<String, Object>> offsetOf;
    private final Timeline timeline;
    private final LongSupplier nanoTime;
    private final RunSet runs;
    private final Set<TopicRun> toAnnounce = new LinkedHashSet<>();
    private final StreamGate gate;
    private Optional<DesiredRun> wanted = Optional.empty();
    private Pace pace;
    private boolean inWindow = true;
    private long revision = -1;

    /**
     * Makes an engine with nothing to do.
     *
     * @param offsetOf source offset that was committed last for a source partition of the engine, by topic; null values
     *     are none
     * @param runner runs readers
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    SnapshotEngine(
            SnapshotSettings settings,
            SnapshotDatabase database,
            Function<String, Map<String, Object>> offsetOf,
            Timeline timeline,
            ReaderRunner runner,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.database = database;
        this.offsetOf = offsetOf;
        this.timeline = timeline;
        this.runs = new RunSet(timeline);
        this.readers = new ReaderPool(database, timeline, runner, settings.parallelism());
        this.gate = new StreamGate(timeline, runner::close, this::readInAnotherView);
        this.nanoTime = nanoTime;
        this.pace = new Pace(RunTerms.UNLIMITED, nanoTime);
    }

    /**
     * Makes an engine with nothing to do, whose readers run on threads.
     *
     * @param offsetOf source offset that was committed last for a source partition of the engine, by topic; null values
     *     are none
     * @param threads one for each reader
     * @param onReady called when rows became ready otherwise than by a call of the task; with a lock held, so it must
     *     return at once
     */
    public static SnapshotEngine create(
            SnapshotSettings settings,
            SnapshotDatabase database,
            Function<String, Map<String, Object>> offsetOf,
            ExecutorService threads,
            Clock clock,
            Runnable onReady) {
        Timeline timeline = new Timeline(clock, onReady);
        return new SnapshotEngine(
                settings, database, offsetOf, timeline, new ReaderThreads(threads, timeline), System::nanoTime);
    }

    /** Makes what runs equal to what should; a revision that is not newer than the present one changes nothing. */
    public void apply(DesiredSnapshot desired) {
        if (desired.revision() > revision) {
            take(desired);
        }
        wanted.ifPresent(this::followTimes);
    }

    private void take(DesiredSnapshot desired) {
        Map<String, Position> stored = storedPositions(desired);
        timeline.lock();
        try {
            revision = desired.revision();
            if (!desired.run().map(DesiredRun::runId).equals(wanted.map(DesiredRun::runId))) {
                runs.all().forEach(readers::discard);
                runs.clear();
                toAnnounce.clear();
                gate.open();
            }
            desired.run().ifPresent(run -> {
                if (runs.isEmpty()) {
                    pace = new Pace(run.terms(), nanoTime);
                }
                inWindow = run.terms().allow(timeline.now());
                run.topics()
                        .forEach(topic ->
                                runs.add(topic.topic(), prefix -> make(run, topic, prefix, stored.get(topic.topic()))));
                follow(run);
            });
            wanted = desired.run();
            arrange();
        } finally {
            timeline.unlock();
        }
    }

    private Map<String, Position> storedPositions(DesiredSnapshot desired) {
        Map<String, Position> positions = new LinkedHashMap<>();
        Optional<String> present = wanted.map(DesiredRun::runId);
        desired.run().filter(run -> !present.equals(Optional.of(run.runId()))).ifPresent(run -> {
            for (DesiredTopic topic : run.topics()) {
                Position before = Position.before(run.runId(), topic.startAfter());
                positions.put(
                        topic.topic(),
                        Position.of(offsetOf.apply(topic.topic()), run.runId()).orElse(before));
            }
        });
        return positions;
    }

    private TopicRun make(DesiredRun run, DesiredTopic topic, String prefix, Position position) {
        return new TopicRun(
                timeline, topic, run.surrogateKey(), prefix, position, settings.chunkBytes(), pace, gate::hold, () -> {
                    announce(runs.of(topic.topic()));
                    arrange();
                });
    }

    /** Outside of its times a run is held, and goes on by itself when they come. */
    private void followTimes(DesiredRun run) {
        boolean allowed = run.terms().allow(timeline.now());
        if (allowed != inWindow) {
            timeline.lock();
            try {
                inWindow = allowed;
                follow(run);
                arrange();
            } finally {
                timeline.unlock();
            }
        }
    }

    private void follow(DesiredRun run) {
        for (DesiredTopic topic : run.topics()) {
            Intent intent = run.intentOf(topic);
            follow(runs.of(topic.topic()), intent == Intent.RUN && !inWindow ? Intent.PAUSE : intent);
        }
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

    /** Gives readers work; a blocking run has the stream held as long as a row may come. */
    private void arrange() {
        boolean blocking = wanted.filter(run -> run.terms().kind() == SnapshotKind.BLOCKING)
                .isPresent();
        if (blocking && runs.isActive() && gate.hold().isEmpty()) {
            gate.close(runs.all().stream().map(TopicRun::table).toList(), runs.newPrefix() + "view");
        } else if (!runs.isActive()) {
            gate.open(); // what was kept back leaves with the next process()
        }
        readers.fill(runs.all());
    }

    /**
     * The view of a blocking run is gone. The stream goes on to another one; what has not left is read there, for a row of
     * the old one might come behind its own change.
     */
    private void readInAnotherView() {
        gate.open();
        for (TopicRun run : runs.all()) {
            if (run.phase() instanceof TopicPhase.Reading reading) {
                readers.discard(run);
                run.loseView(reading);
                announce(run);
            }
        }
        arrange();
    }

    private void leave(TopicRun run, TopicPhase next) {
        readers.discard(run);
        run.move(next);
        announce(run);
    }

    /**
     * Returns the progress records that are due, to be handed on before anything else, and forgets them. That a table is
     * held or at its end is said when its last row is acknowledged, so that it is true wherever it is read.
     */
    public List<SourceRecord> announcements() {
        timeline.lock();
        try {
            List<SourceRecord> due = new ArrayList<>();
            for (Iterator<TopicRun> left = toAnnounce.iterator(); left.hasNext(); ) {
                TopicRun run = left.next();
                if (run.phase() instanceof TopicPhase.Reading || run.isAcknowledged()) {
                    due.add(progress(run, run.phase().state()));
                    left.remove();
                }
            }
            return due;
        } finally {
            timeline.unlock();
        }
    }

    /** Returns whether announcements wait for acknowledgements. */
    public boolean isAnnouncing() {
        timeline.lock();
        try {
            return !toAnnounce.isEmpty();
        } finally {
            timeline.unlock();
        }
    }

    /** Returns what the task hands on of what was streamed: the same in the same order, without the engine's marks. */
    public List<SourceRecord> process(List<SourceRecord> streamed) {
        List<SourceRecord> out = new ArrayList<>(streamed.size() + 1);
        timeline.lock();
        try {
            gate.due().forEach(record -> process(record, out));
            streamed.forEach(record -> process(record, out));
        } finally {
            timeline.unlock();
        }
        return out;
    }

    private void process(SourceRecord record, List<SourceRecord> out) {
        StreamEvent event = database.classify(record);
        if (gate.keepsBack(record, event)) {
            gate.keptInVain().forEach(kept -> process(kept, out));
            return;
        }
        event.position().ifPresent(runs::reached);
        if (event instanceof StreamEvent.Marker marker) {
            runs.passed(marker.text());
            return;
        }
        runs.note(event);
        out.add(StreamedRecord.of(record));
    }

    /** Returns whether the stream is held: then nothing may be taken from it. */
    public boolean isHeld() {
        timeline.lock();
        try {
            return gate.isHeld();
        } finally {
            timeline.unlock();
        }
    }

    /** Waits until something changes, at most so long. */
    public void await(Duration atMost) throws InterruptedException {
        timeline.awaitSignalAfter(timeline.signals(), atMost);
    }

    /** Returns how much waits to be handed over now. */
    Supply supply() {
        timeline.lock();
        try {
            return pace.isOpen() ? runs.supply(ROWS_AT_ONCE) : Supply.NOTHING;
        } finally {
            timeline.unlock();
        }
    }

    /** Returns snapshot rows to be handed on behind all that was {@linkplain #process processed} before. */
    public List<SourceRecord> handOver() {
        List<SourceRecord> out = new ArrayList<>();
        timeline.lock();
        try {
            Allowance allowance = new Allowance(pace, ROWS_AT_ONCE, BYTES_AT_ONCE);
            for (TopicRun run : runs.all()) {
                Position before = run.position();
                run.handOver(allowance, out);
                if (!run.position().equals(before)) {
                    report(run, out);
                }
            }
        } finally {
            timeline.unlock();
        }
        return out;
    }

    /**
     * Moves the position behind the rows that go out, with them; that the table has come to its end is announced later.
     */
    private void report(TopicRun run, List<SourceRecord> out) {
        toAnnounce.remove(run);
        out.add(progress(run, TopicState.RUNNING));
        if (!(run.phase() instanceof TopicPhase.Reading)) {
            announce(run);
        }
        arrange();
    }

    /** Notes that progress is due; it is written as it stands when it goes out, or it would go back in time (S5). */
    private void announce(TopicRun run) {
        toAnnounce.add(run);
    }

    private SourceRecord progress(TopicRun run, TopicState state) {
        Position position = run.position().in(state);
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
                position.greatest(),
                run.marker(),
                run.chunkRows(),
                position.started(),
                state.isFinal() ? Optional.of(now) : Optional.empty(),
                run.error(),
                now);
        return SnapshotRecords.progress(progress, position.toOffset());
    }

    /** Takes note that Kafka has a record; returns whether it was one of the engine's own. */
    public static boolean acknowledge(SourceRecord record) {
        if (record instanceof RowRecord row) {
            row.acknowledged();
        }
        return !(record instanceof StreamedRecord);
    }

    /** Ends the readers; positions stay as they were committed. */
    @Override
    public void close() {
        timeline.lock();
        try {
            runs.all().forEach(readers::discard);
            gate.open();
        } finally {
            timeline.unlock();
        }
    }
}
