package io.millrace.snapshot;

import io.millrace.http.shape.WireNames;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** States in columns and back. */
final class StoredStates {
    private StoredStates() {}

    /** The columns that runs and topics have in common. */
    record Columns(String state, Optional<Instant> started, Optional<Instant> finished, Optional<String> error) {
        Instant end() {
            return finished.orElseThrow(() -> new IllegalStateException("a final state has a time: " + this));
        }

        Instant begin() {
            return started.orElseThrow(() -> new IllegalStateException("a running state has a beginning: " + this));
        }
    }

    static Columns of(RunState state) {
        return new Columns(
                name(state.status()),
                state.started(),
                state instanceof RunState.Final over ? Optional.of(over.finished()) : Optional.empty(),
                state instanceof RunState.Failed failed ? Optional.of(failed.error()) : Optional.empty());
    }

    static Columns of(TopicState state) {
        return new Columns(
                name(state.status()),
                state.started(),
                state instanceof TopicState.Final over ? Optional.of(over.finished()) : Optional.empty(),
                state instanceof TopicState.Failed failed ? Optional.of(failed.error()) : Optional.empty());
    }

    static RunState run(Columns columns) {
        return switch (RunStatus.valueOf(constant(columns.state()))) {
            case PENDING -> new RunState.Pending();
            case RUNNING -> new RunState.Running(columns.begin());
            case PAUSED -> new RunState.Paused(columns.started());
            case STOPPING -> new RunState.Stopping(columns.started());
            case CANCELLED -> new RunState.Cancelled(columns.started(), columns.end());
            case COMPLETED -> new RunState.Completed(columns.started(), columns.end());
            case FAILED -> new RunState.Failed(columns.started(), columns.end(), reason(columns));
            case NOT_RUNNING -> throw unknown(columns);
        };
    }

    static TopicState topic(Columns columns, long pauseRevision, boolean pauseConfirmed) {
        return switch (TopicStatus.valueOf(constant(columns.state()))) {
            case PENDING -> new TopicState.Pending();
            case RUNNING -> new TopicState.Running(columns.begin());
            case PAUSED -> new TopicState.Paused(columns.started(), pauseRevision, pauseConfirmed);
            case STOPPING -> new TopicState.Stopping(columns.started());
            case CANCELLED -> new TopicState.Cancelled(columns.started(), columns.end());
            case COMPLETED -> new TopicState.Completed(columns.started(), columns.end());
            case FAILED -> new TopicState.Failed(columns.started(), columns.end(), reason(columns));
            case SKIPPED -> new TopicState.Skipped(columns.end());
            case NOT_IN_SNAPSHOT -> throw unknown(columns);
        };
    }

    /** Returns the name of a state as columns and clients have it. */
    static String name(Enum<?> status) {
        return WireNames.of(status);
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static String reason(Columns columns) {
        return columns.error().orElse("");
    }

    private static IllegalStateException unknown(Columns columns) {
        return new IllegalStateException("no such state is kept: " + columns);
    }
}
