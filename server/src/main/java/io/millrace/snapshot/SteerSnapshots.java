package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Pauses, resumes and continues runs. */
public final class SteerSnapshots {
    private static final Duration TELLING = Duration.ofSeconds(2);

    private final SnapshotSources sources;
    private final RunCommands commands;

    SteerSnapshots(SnapshotSources sources, RunCommands commands) {
        this.sources = sources;
        this.commands = commands;
    }

    /** Holds a run at the end of the last closed chunk; one that is held stays so. */
    Run pause(Caller caller, String sourceId, String runId) {
        return steer(caller, "pause", sourceId, runId, Run::pause);
    }

    /** Lets a held run go on; one that is not held stays as it is. */
    Run resume(Caller caller, String sourceId, String runId) {
        return steer(caller, "resume", sourceId, runId, (run, revision) -> run.resume());
    }

    private Run steer(Caller caller, String action, String sourceId, String runId, RunCommands.Move move) {
        SnapshotSource source = sources.get(caller, sourceId);
        RunId id = new RunId(runId);
        RunCommands.Outcome outcome = commands.move(
                new RunCommands.Wish(caller, action, List.of()),
                source.id(),
                runs -> {
                    Optional<Run> run = runs.find(id);
                    run.ifPresent(found -> refuseUnlessSteerable(found, action));
                    return run;
                },
                move);
        RunCommands.await(outcome.published(), TELLING);
        return outcome.run().orElseThrow(() -> SnapshotQueries.noSuchRun(sourceId, runId));
    }

    private static void refuseUnlessSteerable(Run run, String action) {
        if (!run.isActive() || run.state() instanceof RunState.Stopping) {
            throw new ApiProblem.Conflict("Snapshot " + run.id() + " is "
                    + StoredStates.name(run.state().status()) + "; a run that is not over and not stopping can be "
                    + action + "d");
        }
        if (run.order().blocking()) {
            throw new ApiProblem.Conflict("Snapshot " + run.id() + " is blocking and cannot be " + action
                    + "d; use /sources/cancel_snapshot to end it");
        }
    }
}
