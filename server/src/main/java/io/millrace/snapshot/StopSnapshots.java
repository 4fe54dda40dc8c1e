package io.millrace.snapshot;

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

    /** Stops the named topics, or all, of the active run. */
    SnapshotAnswers.Command stop(Caller caller, SnapshotRequests.Selection selection) {
        return answer(ask(caller, "stop", selection, selection.topicNames(), Optional.empty()), PATIENCE);
    }

    /** Stops the whole active run; names are checked and do not narrow. */
    SnapshotAnswers.Command cancel(Caller caller, SnapshotRequests.Selection selection) {
        return answer(askCancel(caller, selection), PATIENCE);
    }

    /** Asks for the end of the whole active run without waiting for it. */
    Asked askCancel(Caller caller, SnapshotRequests.Selection selection) {
        return ask(caller, "cancel", selection, Optional.empty(), Optional.empty());
    }

    /** Stops one run, if it is this very run that is active; a final one is answered as it is. */
    Run stop(Caller caller, String sourceId, String runId, Optional<List<String>> names) {
        SnapshotRequests.Selection selection =
                new SnapshotRequests.Selection(sourceId, names, Optional.empty(), Optional.empty());
        Asked asked = ask(caller, "stop", selection, names, Optional.of(new RunId(runId)));
        Run run = asked.run().orElseThrow(() -> SnapshotQueries.noSuchRun(sourceId, runId));
        return confirmations.await(run, PATIENCE);
    }

    /** Waits for the confirmation and answers. */
    SnapshotAnswers.Command answer(Asked asked, Duration patience) {
        Optional<Run> run = asked.run().map(told -> confirmations.await(told, patience));
        return SnapshotAnswers.Command.of(asked.sourceId(), run, asked.changed(), asked.outside());
    }

    private Asked ask(
            Caller caller,
            String action,
            SnapshotRequests.Selection selection,
            Optional<List<String>> narrowing,
            Optional<RunId> only) {
        SnapshotSource source = sources.get(caller, selection.sourceId());
        List<String> named = TopicChoice.of(source.topics(), narrowing).all() ? List.of() : narrowing.orElse(List.of());
        AtomicReference<List<TableTopic>> outside = new AtomicReference<>(List.of());
        RunCommands.Outcome outcome = commands.move(
                new RunCommands.Wish(caller, action, named),
                source.id(),
                runs -> {
                    Optional<Run> run = only.map(runs::find).orElseGet(runs::newest);
                    refuseUnknown(source, selection.topicNames(), run);
                    outside.set(outside(source, narrowing, run));
                    return run;
                },
                (before, revision) -> StopTable.decide(source.topics(), narrowing, Optional.of(before), commands.now())
                                instanceof StopDecision.Changed changed
                        ? changed.run()
                        : before);
        return new Asked(source.id(), outcome.run(), outcome.changed(), outside.get());
    }

    private void refuseUnknown(SnapshotSource source, Optional<List<String>> names, Optional<Run> run) {
        if (StopTable.decide(source.topics(), names, run, commands.now())
                instanceof StopDecision.UnknownTopics unknown) {
            throw new ApiProblem.BadRequest(TopicChoice.refusal(source.id(), unknown.names()));
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
