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

    /** Which run a call is about, and which of its topics; none named means all. */
    record Aim(String sourceId, String runId, Optional<List<String>> topicNames) {}

    /** Holds topics of a run at the end of the last closed chunk; those that are held stay so. */
    Run pause(Caller caller, Aim aim) {
        return steer(caller, "pause", aim, (run, these, revision) -> run.pause(these::includes, revision));
    }

    /** Lets held topics go on; those that are not held stay as they are. */
    Run resume(Caller caller, Aim aim) {
        return steer(caller, "resume", aim, (run, these, revision) -> run.resume(these::includes));
    }

    /** A move of some topics of a run. */
    @FunctionalInterface
    private interface Steering {
        Run apply(Run before, TopicChoice these, long nextRevision);
    }

    private Run steer(Caller caller, String action, Aim aim, Steering steering) {
        SnapshotSource source = sources.get(caller, aim.sourceId());
        RunId id = new RunId(aim.runId());
        RunCommands.Outcome outcome = commands.move(
                new RunCommands.Wish(caller, action, aim.topicNames().orElse(List.of())),
                source.id(),
                runs -> {
                    Optional<Run> run = runs.find(id);
                    run.ifPresent(found -> refuseUnlessSteerable(found, action));
                    run.ifPresent(found -> chosen(source, found, aim));
                    return run;
                },
                (run, revision) -> steering.apply(run, chosen(source, run, aim), revision));
        RunCommands.await(outcome.published(), TELLING);
        return outcome.run().orElseThrow(() -> SnapshotQueries.noSuchRun(aim.sourceId(), aim.runId()));
    }

    private static TopicChoice chosen(SnapshotSource source, Run run, Aim aim) {
        TopicChoice choice = TopicChoice.of(source.topics(), Optional.of(run), aim.topicNames());
        if (!choice.unknown().isEmpty()) {
            throw new ApiProblem.BadRequest(TopicChoice.refusal(source.id(), choice.unknown()));
        }
        return choice;
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
