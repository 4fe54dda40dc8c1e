package io.millrace.snapshot;

import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies what tasks report to the runs in the store. Used by one thread. */
public final class Reports {
    private final SnapshotRepository repository;
    private final DesiredSnapshots desired;
    private final Changes changes;
    private final Speeds speeds;
    private final Clock clock;
    private final Map<String, TopicState> states = new HashMap<>();

    public Reports(
            SnapshotRepository repository, DesiredSnapshots desired, Changes changes, Speeds speeds, Clock clock) {
        this.repository = repository;
        this.desired = desired;
        this.changes = changes;
        this.speeds = speeds;
        this.clock = clock;
    }

    /** Returns whether a report has another state than the last one of its topic. */
    boolean changesState(TopicProgress report) {
        return states.get(report.key()) != report.state();
    }

    /** Brings reports into the store; in any order, and as often as one likes. */
    void apply(Collection<TopicProgress> reports) {
        Map<String, List<TopicProgress>> bySource =
                reports.stream().collect(Collectors.groupingBy(TopicProgress::sourceId));
        bySource.forEach(this::apply);
        for (TopicProgress report : reports) {
            speeds.note(report);
            if (report.state().isFinal()) {
                states.remove(report.key());
            } else {
                states.put(report.key(), report.state());
            }
        }
        changes.happened();
    }

    private void apply(String sourceId, List<TopicProgress> reports) {
        Map<String, List<TopicProgress>> byRun = reports.stream().collect(Collectors.groupingBy(TopicProgress::runId));
        boolean over = repository.change(sourceId, runs -> {
            boolean ended = false;
            for (Map.Entry<String, List<TopicProgress>> run : byRun.entrySet()) {
                ended |= apply(runs, new RunId(run.getKey()), run.getValue());
            }
            if (ended) {
                // A run that is over is wanted no more, even by a task whose offsets are forgotten.
                runs.touch();
            }
            return ended;
        });
        if (over) {
            desired.publishSoon(sourceId);
        }
    }

    /** Returns whether the run ended by this. */
    private boolean apply(SourceRuns runs, RunId id, List<TopicProgress> reports) {
        Map<String, TopicProgress> byTopic =
                reports.stream().collect(Collectors.toMap(TopicProgress::topic, Function.identity()));
        return runs.find(id)
                .map(before -> {
                    Run after = before.report(byTopic, clock.instant());
                    runs.update(before, after);
                    return before.isActive() && !after.isActive();
                })
                .orElse(false);
    }
}
