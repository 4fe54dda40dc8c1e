package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes what should run: in the store first, with a line in the audit, then in the control topic. */
final class RunCommands {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommands.class);

    private final SnapshotRepository repository;
    private final DesiredSnapshots desired;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;

    RunCommands(SnapshotRepository repository, DesiredSnapshots desired, Changes changes, Ids ids, Clock clock) {
        this.repository = repository;
        this.desired = desired;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a change came to.
     *
     * @param run the run that it was about
     * @param published done when tasks are told
     */
    record Outcome(Optional<Run> run, boolean changed, CompletableFuture<Void> published) {
        static Outcome unchanged(Optional<Run> run) {
            return new Outcome(run, false, CompletableFuture.completedFuture(null));
        }
    }

    /**
     * What is wanted of a run.
     *
     * @param action execute, stop, cancel, pause, resume, continue; for the audit
     * @param topics names of the topics that it is about; empty for the whole run
     */
    record Wish(Caller caller, String action, List<String> topics) {
        Wish {
            topics = List.copyOf(topics);
        }
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Run> newest(String sourceId) {
        return repository.newest(sourceId);
    }

    /** Waits a while for tasks to be told; if that takes longer it happens later. */
    static void await(CompletableFuture<Void> published, Duration atMost) {
        try {
            published.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The answer does not wait for tasks to be told", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the run that a request id has started before. */
    Optional<Run> startedBy(String sourceId, Optional<String> requestId) {
        return requestId.flatMap(id -> repository.change(sourceId, runs -> runs.byRequest(id)));
    }

    /** Adds a run; refuses it while another one is active. A request id that started a run before finds that one. */
    Outcome start(Wish wish, SnapshotSource source, RunOrder order, List<RunTopic> topics) {
        Run run = Run.pending(new RunId(ids.next()), source.id(), order, topics);
        Run stored = repository.change(source.id(), runs -> {
            Optional<Run> before = order.requestId().flatMap(runs::byRequest);
            if (before.isPresent()) {
                return before.get();
            }
            refuseWhileActive(runs.newest(), source);
            runs.insert(run);
            audit(runs, wish, run);
            return run;
        });
        return stored.id().equals(run.id()) ? told(run) : Outcome.unchanged(Optional.of(stored));
    }

    /** Refuses a second run beside an active one. */
    static void refuseWhileActive(Optional<Run> newest, SnapshotSource source) {
        if (newest.filter(Run::isActive).isPresent()) {
            throw new ApiProblem.Conflict("A snapshot is already running for source '" + source.name() + "'");
        }
    }

    /** A move of a run, given what the next revision of the desired state will be. */
    @FunctionalInterface
    interface Move {
        Run apply(Run before, long nextRevision);
    }

    /** Moves one run, if {@code which} finds it; who moved nothing leaves no trace. */
    Outcome move(Wish wish, String sourceId, Function<SourceRuns, Optional<Run>> which, Move move) {
        Outcome outcome = repository.change(sourceId, runs -> which.apply(runs)
                .map(before -> {
                    Run after = move.apply(before, runs.nextRevision());
                    if (after.equals(before)) {
                        return Outcome.unchanged(Optional.of(before));
                    }
                    runs.update(before, after);
                    audit(runs, wish, after);
                    return new Outcome(Optional.of(after), true, CompletableFuture.completedFuture(null));
                })
                .orElseGet(() -> Outcome.unchanged(Optional.empty())));
        return outcome.changed() ? told(outcome.run().orElseThrow()) : outcome;
    }

    private Outcome told(Run run) {
        changes.happened();
        return new Outcome(Optional.of(run), true, desired.publish(run.sourceId()));
    }

    private void audit(SourceRuns runs, Wish wish, Run run) {
        runs.touch();
        runs.audit(new SourceRuns.AuditEntry(
                ids.next(), clock.instant(), wish.caller().subject(), wish.action(), run.id(), wish.topics()));
    }
}
