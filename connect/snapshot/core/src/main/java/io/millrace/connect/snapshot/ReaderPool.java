package io.millrace.connect.snapshot;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Gives readers to tables: every table in line gets one, in the order of the run, and what is left goes to tables that
 * can use more. Guarded by the engine's lock.
 */
final class ReaderPool {
    private final SnapshotDatabase database;
    private final Timeline timeline;
    private final ReaderRunner runner;
    private final int most;

    ReaderPool(SnapshotDatabase database, Timeline timeline, ReaderRunner runner, int most) {
        this.database = database;
        this.timeline = timeline;
        this.runner = runner;
        this.most = most;
    }

    /** Starts readers until all are at work, or no table wants another. */
    void fill(Collection<TopicRun> runs) {
        int free = most - runs.stream().mapToInt(TopicRun::readers).sum();
        for (TopicRun run : runs) {
            if (free > 0 && run.phase() instanceof TopicPhase.Waiting waiting) {
                TopicPhase.Reading reading = waiting.read();
                run.move(reading);
                start(run, reading);
                free--;
            }
        }
        Optional<TopicRun> helped = helpable(runs);
        while (free > 0 && helped.isPresent()) {
            start(helped.get(), (TopicPhase.Reading) helped.get().phase());
            free--;
            helped = helpable(runs);
        }
    }

    private static Optional<TopicRun> helpable(Collection<TopicRun> runs) {
        return runs.stream().filter(TopicRun::wantsHelp).min(Comparator.comparingInt(TopicRun::readers));
    }

    private void start(TopicRun run, TopicPhase.Reading reading) {
        TableReader reader = new TableReader(database, timeline, run);
        reading.readers().add(reader);
        runner.start(reader);
    }

    /** Ends the readers of a table: what they bring is not taken any more, and their queries are cancelled. */
    void discard(TopicRun run) {
        if (run.phase() instanceof TopicPhase.Reading reading) {
            reading.readers().discard();
            reading.readers().all().forEach(runner::cancelQuery);
            timeline.signal();
        }
    }
}
