package io.millrace.snapshot;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Confirms stops where no task can: the connector is paused, stopped, failed or not there.
 *
 * <p>That is safe in this order: the stop stands in the control topic (1), no task can deliver a row (2), and what should
 * run is still what it was at 1 (3). A task that starts after 2, or comes out of a pause, reads the control topic to its
 * end before it hands on a row, and finds the stop.
 */
public final class Confirmations {
    /** How often a waiting stop looks at the connector again. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final SnapshotRepository repository;
    private final DesiredSnapshots desired;
    private final ConnectCluster connect;
    private final Changes changes;
    private final Clock clock;

    public Confirmations(
            SnapshotRepository repository,
            DesiredSnapshots desired,
            ConnectCluster connect,
            Changes changes,
            Clock clock) {
        this.repository = repository;
        this.desired = desired;
        this.connect = connect;
        this.changes = changes;
        this.clock = clock;
    }

    /** Waits until no topic of the run is stopping; returns the run as it is then, or when the time is up. */
    Run await(Run run, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Run now = current(run);
        while (isStopping(now)) {
            confirm(run.sourceId());
            long left = Math.min(LOOK.toNanos(), end - System.nanoTime());
            boolean settled = changes.await(() -> !isStopping(current(run)), Duration.ofNanos(Math.max(0, left)));
            now = current(run);
            if (settled || end - System.nanoTime() <= 0) {
                return now;
            }
        }
        return now;
    }

    private Run current(Run run) {
        return repository.find(run.sourceId(), run.id()).orElse(run);
    }

    private static boolean isStopping(Run run) {
        return run.topics().stream().anyMatch(topic -> topic.state() instanceof TopicState.Stopping);
    }

    /** Confirms the stops of a source, if they can be confirmed. */
    void confirm(String sourceId) {
        Optional<Long> told = repository
                .desired(sourceId)
                .filter(SnapshotRepository.Desired::isPublished)
                .map(wish -> wish.document().revision());
        if (told.isEmpty() || mayDeliver(sourceId)) {
            return;
        }
        boolean over = repository.change(sourceId, runs -> runs.revision() == told.get() && confirm(runs));
        if (over) {
            desired.publishSoon(sourceId);
        }
    }

    /** Returns whether the run is over by this. */
    private boolean confirm(SourceRuns runs) {
        return runs.newest()
                .map(before -> {
                    Run after = before.confirmStops(clock.instant());
                    runs.update(before, after);
                    boolean ended = before.isActive() && !after.isActive();
                    if (ended) {
                        runs.touch();
                    }
                    return ended;
                })
                .orElse(false);
    }

    /** A task that is being restarted, or of which nothing is known, may still run. */
    private boolean mayDeliver(String sourceId) {
        return connect.status(new SourceId(sourceId).connectorName()).map(ConnectorStatus::tasks).stream()
                .flatMap(tasks -> tasks.stream())
                .anyMatch(task -> task.state() == ConnectorState.RUNNING
                        || task.state() == ConnectorState.RESTARTING
                        || task.state() == ConnectorState.UNKNOWN);
    }
}
