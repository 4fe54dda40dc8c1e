package io.millrace.pipeline.verify;

import io.millrace.control.SnapshotKind;
import io.millrace.pipeline.PipelineRoute;
import io.millrace.snapshot.AdditionalCondition;
import io.millrace.snapshot.ExecuteSnapshots;
import io.millrace.snapshot.Problem;
import io.millrace.snapshot.SnapshotAnswers;
import io.millrace.snapshot.SnapshotRequests;
import io.millrace.snapshot.ValidateSnapshots;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes again what repairs have in their filters: one snapshot for each repair. */
final class RepairSnapshots {
    private final ExecuteSnapshots execute;
    private final ValidateSnapshots validate;

    RepairSnapshots(ExecuteSnapshots execute, ValidateSnapshots validate) {
        this.execute = execute;
        this.validate = validate;
    }

    /** Returns why the snapshot of a repair could not begin now; empty if it can, or has nothing to do. */
    Optional<String> refusal(PipelineRoute route, RepairReport repair) {
        if (repair.written().isEmpty()) {
            return Optional.empty();
        }
        SnapshotAnswers.Validation found =
                validate.validate(route.caller(repair.requestedBy()), request(route, repair));
        if (found.runningSnapshotId().isPresent()) {
            return Optional.of("Nothing was changed, because a snapshot of the source is running: "
                    + found.runningSnapshotId().get() + "; repair again when it is over");
        }
        return found.ok()
                ? Optional.empty()
                : Optional.of("Nothing was changed, because the rows could not be snapshotted: "
                        + Stream.concat(
                                        found.errors().stream(),
                                        found.topics().stream().flatMap(topic -> topic.errors().stream()))
                                .map(Problem::message)
                                .distinct()
                                .collect(Collectors.joining("; ")));
    }

    /** Begins the snapshot of a repair, or finds the one that was begun; returns how it is. */
    RepairReport.Snapshot begin(PipelineRoute route, RepairReport repair) {
        SnapshotAnswers.Command run = execute.execute(route.caller(repair.requestedBy()), request(route, repair));
        return new RepairReport.Snapshot(run.sourceId(), run.snapshotId().orElseThrow(), run.status());
    }

    private static SnapshotRequests.Execute request(PipelineRoute route, RepairReport repair) {
        List<RepairReport.Topic> topics = repair.written();
        return SnapshotRequests.Execute.of(
                        route.source().value(),
                        topics.stream().map(RepairReport.Topic::topicName).toList(),
                        SnapshotKind.INCREMENTAL)
                .where(topics.stream()
                        .map(topic -> new AdditionalCondition(
                                topic.topicName(), topic.filter().orElseThrow()))
                        .toList())
                .under("repair-" + repair.repairId());
    }
}
