package io.millrace.snapshot;

import io.millrace.control.MarkerKind;
import io.millrace.control.TopicProgress;
import io.millrace.database.EstimateKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One snapshot of a source: an immutable value, and the moves that it can make.
 *
 * <p>The state of the run follows from what was asked of it and from its topics: it ends when the last topic does. A run
 * whose topics were all told to stop ends {@code cancelled}; one of which single topics were taken out, and the others
 * completed, is {@code completed}.
 *
 * @param topics in the order in which they are read
 * @param percent of all topics together; never falls
 */
public record Run(
        RunId id, String sourceId, RunOrder order, RunState state, List<RunTopic> topics, Optional<Double> percent) {
    public Run {
        topics = List.copyOf(topics);
    }

    /** Returns a run that waits for its task. */
    public static Run pending(RunId id, String sourceId, RunOrder order, List<RunTopic> topics) {
        Run run = new Run(id, sourceId, order, new RunState.Pending(), topics, Optional.empty());
        return new Run(id, sourceId, order, run.state(), topics, run.computed());
    }

    /** Returns whether the run is not over. */
    public boolean isActive() {
        return state instanceof RunState.Active;
    }

    /** Returns rows delivered by all topics. */
    public long rows() {
        return topics.stream().mapToLong(topic -> topic.delivered().rows()).sum();
    }

    /** Returns bytes delivered by all topics. */
    public long bytes() {
        return topics.stream().mapToLong(topic -> topic.delivered().bytes()).sum();
    }

    /** Returns the estimates of all topics added up; nothing when one that is not skipped has none. */
    public Optional<Estimate> estimate() {
        long rows = 0;
        EstimateKind kind = EstimateKind.EXACT;
        for (RunTopic topic : topics) {
            if (topic.state() instanceof TopicState.Skipped) {
                continue;
            }
            Optional<Estimate> shown = topic.shownEstimate();
            if (shown.isEmpty()) {
                return Optional.empty();
            }
            rows += shown.get().rows();
            kind = shown.get().kind() == EstimateKind.EXACT ? kind : EstimateKind.ESTIMATED;
        }
        return Optional.of(new Estimate(rows, kind));
    }

    /** Returns how the ends of chunks are recognised; nothing before the first chunk of the run was read. */
    Optional<MarkerKind> marker() {
        return topics.stream()
                .flatMap(topic -> topic.looked().marker().stream())
                .findFirst();
    }

    /** Returns the run with the topics that {@code these} selects told to stop; itself when none of them goes on. */
    public Run stop(Predicate<RunTopic> these, Instant at) {
        if (!(state instanceof RunState.Active active) || topics.stream().noneMatch(these.and(RunTopic::goesOn))) {
            return this;
        }
        Run told = with(active, topic -> these.test(topic) ? topic.stop(at) : topic);
        boolean allTold = told.topics.stream().noneMatch(RunTopic::goesOn);
        return (allTold ? told.with(active.stop(), topic -> topic) : told.heldWithItsTopics()).settled(at);
    }

    /** Returns the run after it was established that no task can deliver a row of a topic that is to stop. */
    public Run confirmStops(Instant at) {
        return state instanceof RunState.Active active
                ? with(active, topic -> topic.confirmStop(at)).settled(at)
                : this;
    }

    /** Returns the run, cancelled because its source is gone. */
    public Run abandon(Instant at) {
        return state instanceof RunState.Active active
                ? with(active.stop(), topic -> topic.abandon(at)).settled(at)
                : this;
    }

    /**
     * Returns the run with the topics that {@code these} selects held, and held itself when none is left that is not;
     * itself when that changes nothing, or it is stopping or over.
     *
     * @param revision of the desired state that asks for it
     */
    public Run pause(Predicate<RunTopic> these, long revision) {
        return state instanceof RunState.Active active
                ? with(active, topic -> these.test(topic) ? topic.pause(revision) : topic)
                        .heldWithItsTopics()
                : this;
    }

    /** Returns the run held if all of its topics are that are not over or stopping. */
    private Run heldWithItsTopics() {
        boolean allHeld = topics.stream().filter(RunTopic::goesOn).allMatch(RunTopic::isHeld);
        if (!allHeld || topics.stream().noneMatch(RunTopic::goesOn)) {
            return this;
        }
        if (state instanceof RunState.Pending pending) {
            return with(pending.pause(), topic -> topic);
        }
        return state instanceof RunState.Running running ? with(running.pause(), topic -> topic) : this;
    }

    /** Returns the run as it is shown: outside of its windows it is held, although nobody asked for it. */
    Run shownAt(Instant moment) {
        return order.terms().allow(moment) ? this : pause(topic -> true, 0);
    }

    /** Returns the run with the topics that {@code these} selects going on; itself when none of them was held. */
    public Run resume(Predicate<RunTopic> these) {
        if (!(state instanceof RunState.Active active) || topics.stream().noneMatch(these.and(RunTopic::isHeld))) {
            return this;
        }
        return with(
                active instanceof RunState.Paused paused ? paused.resume() : active,
                topic -> these.test(topic) ? topic.resume() : topic);
    }

    /** Returns the run after reports of its task, by topic id; reports of another run or topic count for nothing. */
    public Run report(Map<String, TopicProgress> reports, Instant at) {
        Run told = with(
                state, topic -> Optional.ofNullable(reports.get(topic.topic().id()))
                        .filter(report -> report.runId().equals(id.value()))
                        .map(topic::report)
                        .orElse(topic));
        Optional<Instant> begun = told.topics.stream()
                .flatMap(topic -> topic.state().started().stream())
                .min(Instant::compareTo);
        return begun.map(told::begun).orElse(told).heldWithItsTopics().settled(at);
    }

    /** Returns the run with the proof for one topic. */
    Run proven(String topicId, Completeness proof) {
        return with(state, topic -> topic.topic().id().equals(topicId) ? topic.proven(proof) : topic);
    }

    /** Returns the run with the rows of one topic counted. */
    Run counted(String topicId, long rows) {
        return with(state, topic -> topic.topic().id().equals(topicId) ? topic.counted(rows) : topic);
    }

    private Run begun(Instant first) {
        if (state instanceof RunState.Pending pending) {
            return with(pending.start(first), topic -> topic);
        }
        return state instanceof RunState.Paused paused ? with(paused.start(first), topic -> topic) : this;
    }

    private Run settled(Instant at) {
        if (!(state instanceof RunState.Active active) || topics.stream().anyMatch(RunTopic::isUnfinished)) {
            return this;
        }
        boolean cancelled = has(TopicState.Cancelled.class);
        Optional<String> failure = failure();
        if (cancelled
                && (state instanceof RunState.Stopping || !has(TopicState.Completed.class) && failure.isEmpty())) {
            return with(active.cancel(at), topic -> topic);
        }
        return with(
                failure.<RunState>map(error -> active.fail(at, error)).orElseGet(() -> active.complete(at)),
                topic -> topic);
    }

    private boolean has(Class<? extends TopicState> kind) {
        return topics.stream().anyMatch(topic -> kind.isInstance(topic.state()));
    }

    private Optional<String> failure() {
        return topics.stream()
                .filter(topic -> topic.state() instanceof TopicState.Failed)
                .map(topic -> topic.topic().name() + ": " + ((TopicState.Failed) topic.state()).error())
                .reduce((first, next) -> first + "; " + next);
    }

    private Run with(RunState next, UnaryOperator<RunTopic> move) {
        Run moved = new Run(id, sourceId, order, next, topics.stream().map(move).toList(), percent);
        return new Run(id, sourceId, order, next, moved.topics, moved.computed());
    }

    private Optional<Double> computed() {
        if (state instanceof RunState.Completed) {
            return Optional.of(Progress.COMPLETE);
        }
        return estimate().map(all -> Math.max(percent.orElse(0.0), all.percent(rows())));
    }
}
