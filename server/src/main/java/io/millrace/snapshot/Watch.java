package io.millrace.snapshot;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to happen without anybody asking: stops are confirmed whose callers have gone, and runs end whose sources were
 * deleted; what goes on beside the runs is given its turn. Runs about once a second.
 */
final class Watch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final SnapshotRepository repository;
    private final DesiredSnapshots desired;
    private final Confirmations confirmations;
    private final SnapshotSources sources;
    private final Runnable beside;
    private final Clock clock;

    Watch(
            SnapshotRepository repository,
            DesiredSnapshots desired,
            Confirmations confirmations,
            SnapshotSources sources,
            Runnable beside,
            Clock clock) {
        this.repository = repository;
        this.desired = desired;
        this.confirmations = confirmations;
        this.sources = sources;
        this.beside = beside;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            repository.stopping().forEach(confirmations::confirm);
            repository.active().stream()
                    .filter(source -> !sources.exists(source))
                    .forEach(this::abandon);
            beside.run();
        } catch (RuntimeException e) {
            LOG.warn("Runs could not be looked after; it is tried again", e);
        }
    }

    private void abandon(String sourceId) {
        repository.change(sourceId, runs -> {
            runs.newest().ifPresent(before -> runs.update(before, before.abandon(clock.instant())));
            runs.touch();
            return runs.revision();
        });
        desired.publishSoon(sourceId);
    }
}
