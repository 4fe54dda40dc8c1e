package io.millrace.snapshot;

import io.millrace.http.Caller;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what a run would meet, without starting it: nothing is written, in the store or in the database. */
public final class ValidateSnapshots {
    private final SnapshotSources sources;
    private final SnapshotChecks checks;
    private final SnapshotRepository repository;

    ValidateSnapshots(SnapshotSources sources, SnapshotChecks checks, SnapshotRepository repository) {
        this.sources = sources;
        this.checks = checks;
        this.repository = repository;
    }

    /** Does everything of an execute but start the run. */
    public SnapshotAnswers.Validation validate(Caller caller, SnapshotRequests.Execute request) {
        SnapshotSource source = sources.get(caller, request.selection().sourceId());
        SnapshotChecks.refuseKind(source, request);
        CheckedSnapshot checked = checks.examine(source, request);
        double speed = repository.rowsPerSecond(source.id()).orElse(Progress.USUAL_ROWS_PER_SECOND);
        return new SnapshotAnswers.Validation(
                source.id(),
                request.snapshotType(),
                checked.ok(),
                checked.problems(),
                repository.newest(source.id()).filter(Run::isActive).map(run -> run.id()
                        .value()),
                checked.topics().stream()
                        .map(topic -> SnapshotAnswers.ValidatedTopic.of(
                                topic, millis(topic.facts(), request.extras(), speed), checked.marker()))
                        .toList());
    }

    /** The slowest of: the speed of earlier runs, the limit of rows, the limit of bytes. */
    private static Optional<Long> millis(TableFacts facts, SnapshotRequests.Extras limits, double speed) {
        return facts.estimate().map(estimate -> Stream.of(
                        Optional.of(Progress.millisFor(estimate.rows(), speed)),
                        limits.maxRowsPerSecond().map(limit -> Progress.millisFor(estimate.rows(), limit)),
                        limits.maxBytesPerSecond()
                                .flatMap(limit -> facts.bytes().map(bytes -> Progress.millisFor(bytes, limit))))
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow());
    }
}
