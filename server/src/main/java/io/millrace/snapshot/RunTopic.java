package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.TopicProgress;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One topic of a run.
 *
 * @param keyColumns columns that order the chunks
 * @param filter condition that rows must meet
 * @param startAfter key behind which reading begins; of a run that continues another
 * @param looked what the task found when it looked first
 * @param completeness the proof at the end
 * @param percent how far it is; never falls (S5)
 * @param revision of the desired state that the task last reported under
 */
public record RunTopic(
        TableTopic topic,
        List<String> keyColumns,
        Optional<String> filter,
        Optional<JsonNode> startAfter,
        Optional<Estimate> estimate,
        Delivered delivered,
        Looked looked,
        Optional<Completeness> completeness,
        Optional<Double> percent,
        TopicState state,
        long revision) {
    public RunTopic {
        keyColumns = List.copyOf(keyColumns);
    }

    /** Returns a topic that waits for its task. */
    public static RunTopic pending(
            TableTopic topic,
            List<String> keyColumns,
            Optional<String> filter,
            Optional<JsonNode> startAfter,
            Optional<Estimate> estimate) {
        return new RunTopic(
                topic,
                keyColumns,
                filter,
                startAfter,
                estimate,
                Delivered.NOTHING,
                Looked.NOT_YET,
                Optional.empty(),
                estimate.map(rows -> 0.0),
                new TopicState.Pending(),
                0);
    }

    /** Returns a topic that is left out because its table has no key. */
    public static RunTopic skipped(TableTopic topic, Instant at) {
        return new RunTopic(
                topic,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Delivered.NOTHING,
                Looked.NOT_YET,
                Optional.empty(),
                Optional.empty(),
                new TopicState.Skipped(at),
                0);
    }

    /** Returns whether rows may follow. */
    public boolean isUnfinished() {
        return state instanceof TopicState.Unfinished;
    }

    /** Returns whether the topic goes on unless something happens: unfinished and not told to stop. */
    boolean goesOn() {
        return isUnfinished() && !(state instanceof TopicState.Stopping);
    }

    /** Returns whether the topic stays where it is until it is resumed. */
    boolean isHeld() {
        return state instanceof TopicState.Paused;
    }

    /** Returns where a run that continues this one begins: behind the last key, its own or the one it began with. */
    public Optional<JsonNode> continueAfter() {
        return delivered.lastKey().or(() -> startAfter);
    }

    /** Returns the rows that the task reads. */
    KeyRange range(RunOrder order) {
        return order.blocking()
                ? KeyRange.everything(filter)
                : new KeyRange(keyColumns, startAfter, looked.greatestKey(), filter);
    }

    /** Returns the rows that must have been delivered when the topic is complete, earlier runs that it continues included. */
    KeyRange wholeRange(RunOrder order) {
        KeyRange own = range(order);
        return new KeyRange(own.columns(), Optional.empty(), own.upTo(), own.filter());
    }

    /** Returns the topic with the proof of its completeness. */
    RunTopic proven(Completeness proof) {
        return new RunTopic(
                topic,
                keyColumns,
                filter,
                startAfter,
                estimate,
                delivered,
                looked,
                Optional.of(proof),
                percent,
                state,
                revision);
    }

    /** Returns the topic with its rows counted; what was said of its progress is not taken back. */
    RunTopic counted(long rows) {
        Optional<Estimate> exact = Optional.of(new Estimate(rows, EstimateKind.EXACT));
        RunTopic counted = new RunTopic(
                topic,
                keyColumns,
                filter,
                startAfter,
                exact,
                delivered,
                looked,
                completeness,
                percent,
                state,
                revision);
        return counted.with(counted.percent(delivered, state));
    }

    /** Returns the estimate as it is shown: an exhausted one has grown. */
    public Optional<Estimate> shownEstimate() {
        return state instanceof TopicState.Completed
                ? estimate.map(rows -> new Estimate(Math.max(rows.rows(), delivered.rows()), rows.kind()))
                : estimate.map(rows -> rows.covering(delivered.rows()));
    }

    RunTopic stop(Instant at) {
        if (state instanceof TopicState.Paused paused && paused.confirmed()) {
            return with(paused.cancel(at));
        }
        return state instanceof TopicState.Unfinished unfinished && goesOn() ? with(unfinished.stop()) : this;
    }

    /** No task runs that could deliver a row, and none will that does not know of the stop. */
    RunTopic confirmStop(Instant at) {
        return state instanceof TopicState.Stopping stopping ? with(stopping.cancel(at)) : this;
    }

    /** The source is gone, and with it whatever could deliver a row. */
    RunTopic abandon(Instant at) {
        return state instanceof TopicState.Unfinished unfinished ? with(unfinished.cancel(at)) : this;
    }

    RunTopic pause(long atRevision) {
        if (state instanceof TopicState.Pending pending) {
            return with(pending.pause(atRevision));
        }
        return state instanceof TopicState.Running running ? with(running.pause(atRevision)) : this;
    }

    RunTopic resume() {
        return state instanceof TopicState.Paused paused ? with(paused.resume()) : this;
    }

    /** Returns the topic after a report of the task; one that comes late or again takes nothing back. */
    RunTopic report(TopicProgress report) {
        Delivered further = delivered.atLeast(report);
        TopicState next = report.revision() < revision ? state : after(report);
        return new RunTopic(
                topic,
                report.keyColumns().isEmpty() ? keyColumns : report.keyColumns(),
                filter,
                startAfter,
                estimate,
                further,
                looked.with(report),
                completeness,
                percent(further, next),
                next,
                Math.max(revision, report.revision()));
    }

    private TopicState after(TopicProgress report) {
        if (!(state instanceof TopicState.Unfinished unfinished)) {
            return state;
        }
        Instant at = report.finished().orElse(report.at());
        return switch (report.state()) {
            case PENDING -> state;
            case RUNNING -> begun(unfinished, report.started().orElse(report.at()));
            case PAUSED -> held(begun(unfinished, report.started()), report.revision());
            case CANCELLED -> begun(unfinished, report.started()).cancel(at);
            case COMPLETED -> begun(unfinished, report.started()).complete(at);
            case FAILED ->
                begun(unfinished, report.started()).fail(at, report.error().orElse("The task gave no reason"));
        };
    }

    private static TopicState.Unfinished begun(TopicState.Unfinished state, Optional<Instant> at) {
        return at.map(time -> begun(state, time)).orElse(state);
    }

    private static TopicState.Unfinished begun(TopicState.Unfinished state, Instant at) {
        if (state instanceof TopicState.Pending pending) {
            return pending.start(at);
        }
        if (state instanceof TopicState.Paused paused) {
            return paused.start(at);
        }
        return state instanceof TopicState.Stopping stopping
                ? new TopicState.Stopping(Optional.of(stopping.started().orElse(at)))
                : state;
    }

    private static TopicState held(TopicState.Unfinished state, long revision) {
        return state instanceof TopicState.Paused paused && revision >= paused.revision() ? paused.confirm() : state;
    }

    private Optional<Double> percent(Delivered further, TopicState next) {
        if (next instanceof TopicState.Completed) {
            return Optional.of(Progress.COMPLETE);
        }
        return estimate.map(rows -> Math.max(percent.orElse(0.0), rows.percent(further.rows())));
    }

    private RunTopic with(Optional<Double> further) {
        return new RunTopic(
                topic,
                keyColumns,
                filter,
                startAfter,
                estimate,
                delivered,
                looked,
                completeness,
                further,
                state,
                revision);
    }

    private RunTopic with(TopicState next) {
        return new RunTopic(
                topic,
                keyColumns,
                filter,
                startAfter,
                estimate,
                delivered,
                looked,
                completeness,
                percent,
                next,
                revision);
    }
}
