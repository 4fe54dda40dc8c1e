package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Starts runs, or says what would keep them from starting. */
public final class ExecuteSnapshots {
    /** How long an answer waits for tasks to be told; the run is kept and published in any case. */
    private static final Duration TELLING = Duration.ofSeconds(2);

    private final SnapshotSources sources;
    private final SnapshotChecks checks;
    private final RunCommands commands;

    ExecuteSnapshots(SnapshotSources sources, SnapshotChecks checks, RunCommands commands) {
        this.sources = sources;
        this.checks = checks;
        this.commands = commands;
    }

    /**
     * Starts a run, all or nothing, and answers at once. A request whose id started a run before is answered with that one.
     *
     * @throws ApiProblem.Conflict while the source takes another snapshot
     * @throws ApiProblem.BadRequest when it does not run, or cannot be snapshotted as asked
     */
    public SnapshotAnswers.Command execute(Caller caller, SnapshotRequests.Execute request) {
        SnapshotSource source = sources.get(caller, request.selection().sourceId());
        SnapshotChecks.refuseKind(source, request);
        Optional<Run> before = commands.startedBy(source.id(), request.extras().requestId());
        if (before.isPresent()) {
            return SnapshotAnswers.Command.of(
                    source.id(), before.map(run -> run.shownAt(commands.now())), false, List.of());
        }
        refuseUnlessRunning(source);
        RunCommands.refuseWhileActive(commands.newest(source.id()), source);
        CheckedSnapshot checked = checks.check(source, request);
        checked.refuseProblems();
        Instant now = commands.now();
        RunCommands.Outcome outcome = commands.start(
                new RunCommands.Wish(
                        caller, "execute", request.selection().topicNames().orElse(List.of())),
                source,
                order(caller, request, now),
                checked.topics().stream().map(topic -> topic.pending(now)).toList());
        RunCommands.await(outcome.published(), TELLING);
        return SnapshotAnswers.Command.of(source.id(), outcome.run(), outcome.changed(), List.of());
    }

    /** Refuses a source without a running task. */
    static void refuseUnlessRunning(SnapshotSource source) {
        if (!source.running()) {
            throw new ApiProblem.BadRequest("Source '" + source.name() + "' is not running (" + source.status()
                    + "); a snapshot needs a running source");
        }
    }

    private static RunOrder order(Caller caller, SnapshotRequests.Execute request, Instant now) {
        return new RunOrder(
                caller.subject(),
                now,
                request.extras().requestId(),
                request.selection().surrogateKey(),
                request.selection().additionalConditions().orElse(List.of()),
                request.extras().priority(),
                request.extras().terms(request.snapshotType()),
                Optional.empty());
    }
}
