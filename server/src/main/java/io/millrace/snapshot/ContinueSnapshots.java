package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes new runs out of what others did not finish. */
public final class ContinueSnapshots {
    private static final Duration TELLING = Duration.ofSeconds(2);

    private final SnapshotSources sources;
    private final SourceDatabases databases;
    private final SnapshotRepository repository;
    private final RunCommands commands;

    ContinueSnapshots(
            SnapshotSources sources, SourceDatabases databases, SnapshotRepository repository, RunCommands commands) {
        this.sources = sources;
        this.databases = databases;
        this.repository = repository;
        this.commands = commands;
    }

    /** Starts a run over the topics that {@code runId} did not finish, or those of them that are named, each behind its last key. */
    Run goOn(Caller caller, String sourceId, String runId, Optional<List<String>> names) {
        SnapshotSource source = sources.get(caller, sourceId);
        Run run = repository
                .find(source.id(), new RunId(runId))
                .orElseThrow(() -> SnapshotQueries.noSuchRun(sourceId, runId));
        List<RunTopic> left = left(source, run, names);
        ExecuteSnapshots.refuseUnlessRunning(source);
        RunCommands.refuseWhileActive(commands.newest(source.id()), source);
        refuseChangedKeys(source, run, left);
        RunCommands.Outcome outcome = commands.start(
                new RunCommands.Wish(caller, "continue", names.orElse(List.of())),
                source,
                order(caller, run, commands.now()),
                left.stream().map(ContinueSnapshots::behind).toList());
        RunCommands.await(outcome.published(), TELLING);
        return outcome.run().orElseThrow();
    }

    private static List<RunTopic> left(SnapshotSource source, Run run, Optional<List<String>> names) {
        if (!(run.state() instanceof RunState.Cancelled) && !(run.state() instanceof RunState.Failed)) {
            throw new ApiProblem.Conflict("Snapshot " + run.id() + " is "
                    + StoredStates.name(run.state().status()) + "; only a cancelled or failed one can be continued");
        }
        if (run.order().blocking()) {
            throw new ApiProblem.Conflict(
                    "Snapshot " + run.id() + " was blocking and has no place to go on from; execute a" + " new one");
        }
        TopicChoice choice = TopicChoice.of(source.topics(), names);
        List<RunTopic> left = run.topics().stream()
                .filter(topic ->
                        topic.state() instanceof TopicState.Cancelled || topic.state() instanceof TopicState.Failed)
                .filter(topic -> choice.all() || choice.named().contains(topic.topic()))
                .toList();
        List<String> unknown = new ArrayList<>(choice.unknown());
        left.stream()
                .filter(topic -> !source.topics().contains(topic.topic()))
                .forEach(topic -> unknown.add(topic.topic().name()));
        if (!unknown.isEmpty()) {
            throw new ApiProblem.BadRequest(TopicChoice.refusal(source.id(), unknown));
        }
        if (left.isEmpty()) {
            throw new ApiProblem.Conflict("Snapshot " + run.id() + " has nothing left to continue");
        }
        return left;
    }

    /** A last key means something only under the key that it is of. */
    private void refuseChangedKeys(SnapshotSource source, Run run, List<RunTopic> left) {
        List<TableQuestion> questions = left.stream()
                .map(topic ->
                        TableQuestion.incremental(topic.topic(), run.order().surrogateKey(), topic.filter()))
                .toList();
        List<String> reasons = new ArrayList<>();
        List<TableFacts> facts = ask(source, questions);
        for (int i = 0; i < facts.size(); i++) {
            RunTopic topic = left.get(i);
            List<String> now = facts.get(i).keyColumns();
            facts.get(i).problems().forEach(problem -> reasons.add(problem.message()));
            if (facts.get(i).problems().isEmpty()
                    && topic.continueAfter().isPresent()
                    && !now.equals(topic.keyColumns())) {
                reasons.add("The key of table '" + topic.topic().name() + "' was " + topic.keyColumns() + " and is "
                        + now + " now; execute a new snapshot of it");
            }
        }
        if (!reasons.isEmpty()) {
            throw new ApiProblem.BadRequest(String.join("; ", reasons));
        }
    }

    private List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions) {
        try {
            return databases.ask(source, questions);
        } catch (SourceUnreachableException e) {
            throw new ApiProblem.BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private static RunTopic behind(RunTopic topic) {
        return RunTopic.pending(
                topic.topic(),
                topic.keyColumns(),
                topic.filter(),
                topic.continueAfter(),
                topic.estimate().map(rows -> rows.without(topic.delivered().rows())));
    }

    private static RunOrder order(Caller caller, Run run, Instant now) {
        return new RunOrder(
                caller.subject(),
                now,
                Optional.empty(),
                run.order().surrogateKey(),
                run.order().conditions(),
                run.order().priority(),
                run.order().terms(),
                Optional.of(run.id()));
    }
}
