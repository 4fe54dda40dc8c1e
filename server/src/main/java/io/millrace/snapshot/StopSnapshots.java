package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Stops runs, whole or topic by topic, and waits a little for the confirmation. */
public final class StopSnapshots {
    /** The contract allows five seconds for the answer. */
    static final Duration PATIENCE = Duration.ofMillis(4_400);

    private final SnapshotSources sources;
    private final RunCommands commands;
    private final Confirmations confirmations;

    StopSnapshots(SnapshotSources sources, RunCommands commands, Confirmations confirmations) {
        this.sources = sources;
        this.commands = commands;
        this.confirmations = confirmations;
    }

    /**
     * A stop that was asked for.
     *
     * @param run the run as it was after the wish was kept
     * @param outside topics that were named and are no part of it
     */
    record Asked(String sourceId, Optional<Run> run, boolean changed, List<TableTopic> outside) {}

    /**
     * What a call can stop, and of that what it is to stop.
     *
     * @param kind of the runs that it is for; nothing means both
     * @param narrowing names of topics; nothing or none means the whole run
     * @param only the one run that it is about; nothing means the newest
     */
    private record Stop(
            String action, Optional<SnapshotKind> kind, Optional<List<String>> narrowing, Optional<RunId> only) {}

    /** Stops the named topics, or all, of the active run; refuses a blocking one. */
    SnapshotAnswers.Command stop(Caller caller, SnapshotRequests.Selection selection) {
        Stop stop = new Stop("stop", Optional.of(SnapshotKind.INCREMENTAL), selection.topicNames(), Optional.empty());
        return answer(ask(caller, stop, selection), PATIENCE);
    }

    /** Stops the whole active run, which has to be blocking; names are checked and do not narrow. */
    SnapshotAnswers.Command stopBlocking(Caller caller, SnapshotRequests.Selection selection) {
        Stop stop = new Stop("cancel", Optional.of(SnapshotKind.BLOCKING), Optional.empty(), Optional.empty());
        return answer(ask(caller, stop, selection), PATIENCE);
    }

    /** Stops the whole active run; names are checked and do not narrow. */
    SnapshotAnswers.Command cancel(Caller caller, SnapshotRequests.Selection selection) {
        return answer(askCancel(caller, selection), PATIENCE);
    }

    /** Asks for the end of the whole active run without waiting for it. */
    Asked askCancel(Caller caller, SnapshotRequests.Selection selection) {
        return ask(caller, new Stop("cancel", Optional.empty(), Optional.empty(), Optional.empty()), selection);
    }

    /**
     * Stops one run, if it is this very run that is active; a final one is answered as it is. Single topics can be named
     * of an incremental run.
     */
    Run stop(Caller caller, String sourceId, String runId, Optional<List<String>> names) {
        SnapshotRequests.Selection selection =
                new SnapshotRequests.Selection(sourceId, names, Optional.empty(), Optional.empty());
        Optional<SnapshotKind> kind = names.filter(list -> !list.isEmpty()).map(list -> SnapshotKind.INCREMENTAL);
        Asked asked = ask(caller, new Stop("stop", kind, names, Optional.of(new RunId(runId))), selection);
        Run run = asked.run().orElseThrow(() -> SnapshotQueries.noSuchRun(sourceId, runId));
        return confirmations.await(run, PATIENCE);
    }

    /** Waits for the confirmation and answers. */
    SnapshotAnswers.Command answer(Asked asked, Duration patience) {
        Optional<Run> run =
                asked.run().map(told -> confirmations.await(told, patience)).map(told -> told.shownAt(commands.now()));
        return SnapshotAnswers.Command.of(asked.sourceId(), run, asked.changed(), asked.outside());
    }

    private Asked ask(Caller caller, Stop stop, SnapshotRequests.Selection selection) {
        SnapshotSource source = sources.get(caller, selection.sourceId());
        Optional<List<String>> narrowing = stop.narrowing();
        List<String> named = TopicChoice.of(source.topics(), narrowing).all() ? List.of() : narrowing.orElse(List.of());
        AtomicReference<List<TableTopic>> outside = new AtomicReference<>(List.of());
        RunCommands.Outcome outcome = commands.move(
                new RunCommands.Wish(caller, stop.action(), named),
                source.id(),
                runs -> {
                    Optional<Run> run = stop.only().map(runs::find).orElseGet(runs::newest);
                    refuse(source, selection.topicNames(), run, stop.kind());
                    outside.set(outside(source, narrowing, run));
                    return run;
                },
                (before, revision) ->
                        StopTable.decide(source.topics(), narrowing, Optional.of(before), stop.kind(), commands.now())
                                        instanceof StopDecision.Changed changed
                                ? changed.run()
                                : before);
        return new Asked(source.id(), outcome.run(), outcome.changed(), outside.get());
    }

    private void refuse(
            SnapshotSource source, Optional<List<String>> names, Optional<Run> run, Optional<SnapshotKind> kind) {
        StopDecision decision = StopTable.decide(source.topics(), names, run, kind, commands.now());
        if (decision instanceof StopDecision.UnknownTopics unknown) {
            throw new ApiProblem.BadRequest(TopicChoice.refusal(source.id(), unknown.names()));
        }
        if (decision instanceof StopDecision.OtherKind other) {
            throw new ApiProblem.Conflict(
                    other.active() == SnapshotKind.BLOCKING
                            ? "A blocking snapshot is running for source '" + source.name()
                                    + "'; use /sources/cancel_snapshot"
                            : "An incremental snapshot is running for source '" + source.name()
                                    + "'; use /sources/stop_incremental_snapshot or /sources/cancel_snapshot");
        }
    }

    private static List<TableTopic> outside(SnapshotSource source, Optional<List<String>> names, Optional<Run> run) {
        TopicChoice choice = TopicChoice.of(source.topics(), names);
        Set<TableTopic> inside = run.stream()
                .flatMap(found -> found.topics().stream())
                .map(RunTopic::topic)
                .collect(Collectors.toSet());
        return choice.all()
                ? List.of()
                : choice.named().stream()
                        .filter(topic -> !inside.contains(topic))
                        .toList();
    }
}
