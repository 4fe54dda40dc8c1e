package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The same for many sources: goes on after a failure and says of each how it went. */
public final class SnapshotBulk {
    private final ExecuteSnapshots execute;
    private final StopSnapshots stop;

    SnapshotBulk(ExecuteSnapshots execute, StopSnapshots stop) {
        this.execute = execute;
        this.stop = stop;
    }

    /** How it went for one source. */
    public record Result(String id, boolean success, Optional<String> message, Optional<Started> data) {
        static Result of(SnapshotAnswers.Command answer, String message) {
            return new Result(
                    answer.sourceId(),
                    true,
                    Optional.of(message),
                    Optional.of(new Started(answer.snapshotId(), answer.status(), answer.changed())));
        }

        static Result refused(String id, ApiProblem problem) {
            return new Result(id, false, Optional.of(String.valueOf(problem.detail())), Optional.empty());
        }
    }

    /** The run that a result is about. */
    public record Started(Optional<String> snapshotId, RunStatus status, boolean changed) {}

    /** How many went well. */
    public record Summary(int total, int succeeded, int failed) {}

    /** How it went. */
    public record Outcome(List<Result> results, Summary summary) {
        public Outcome {
            results = List.copyOf(results);
        }

        static Outcome of(List<Result> results) {
            int succeeded = (int) results.stream().filter(Result::success).count();
            return new Outcome(results, new Summary(results.size(), succeeded, results.size() - succeeded));
        }
    }

    /** Starts a run of each source: of the topics named for it, or of all where none are. */
    Outcome execute(Caller caller, Map<String, List<String>> topicsBySource, SnapshotKind type) {
        List<Result> results = new ArrayList<>();
        topicsBySource.forEach((source, topics) -> results.add(execute(caller, source, topics, type)));
        return Outcome.of(results);
    }

    private Result execute(Caller caller, String source, List<String> topics, SnapshotKind type) {
        try {
            SnapshotRequests.Execute request = SnapshotRequests.Execute.of(source, topics, type);
            return Result.of(execute.execute(caller, request), "Snapshot started");
        } catch (ApiProblem refused) {
            return Result.refused(source, refused);
        }
    }

    /** Ends the active run of each source: all are told first, then all have the same time to confirm. */
    Outcome stop(Caller caller, List<String> sources) {
        long end = System.nanoTime() + StopSnapshots.PATIENCE.toNanos();
        List<Supplier<Result>> waiting = new ArrayList<>();
        for (String source : sources) {
            waiting.add(ask(caller, source, end));
        }
        return Outcome.of(waiting.stream().map(Supplier::get).toList());
    }

    private Supplier<Result> ask(Caller caller, String source, long end) {
        try {
            StopSnapshots.Asked told = stop.askCancel(caller, SnapshotRequests.Selection.of(source));
            return () -> {
                Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                SnapshotAnswers.Command answer = stop.answer(told, left);
                return Result.of(answer, message(answer));
            };
        } catch (ApiProblem refused) {
            return () -> Result.refused(source, refused);
        }
    }

    private static String message(SnapshotAnswers.Command answer) {
        return answer.changed() ? "Snapshot " + StoredStates.name(answer.status()) : "No snapshot is running";
    }
}
