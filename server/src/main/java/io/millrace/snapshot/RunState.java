package io.millrace.snapshot;

import java.time.Instant;
import java.util.Optional;

/** Where a run stands; a state has a method for every move that leads out of it, and none else. */
public sealed interface RunState {
    /** Returns the state as clients see it. */
    RunStatus status();

    /** Returns when the first topic was begun. */
    Optional<Instant> started();

    /** Not over yet; there is at most one such run for each source. */
    sealed interface Active extends RunState {
        /** Every unfinished topic was told to stop. */
        default Stopping stop() {
            return new Stopping(started());
        }

        /** All topics are final, and the run was stopped. */
        default Cancelled cancel(Instant at) {
            return new Cancelled(started(), at);
        }

        /** All topics are final, none failed. */
        default Completed complete(Instant at) {
            return new Completed(started(), at);
        }

        /** All topics are final, and one at least failed. */
        default Failed fail(Instant at, String error) {
            return new Failed(started(), at, error);
        }
    }

    /** For good. */
    sealed interface Final extends RunState {
        /** Returns when that was. */
        Instant finished();
    }

    /** No topic was begun. */
    record Pending() implements Active {
        @Override
        public RunStatus status() {
            return RunStatus.PENDING;
        }

        @Override
        public Optional<Instant> started() {
            return Optional.empty();
        }

        Running start(Instant at) {
            return new Running(at);
        }

        Paused pause() {
            return new Paused(Optional.empty());
        }
    }

    /** Rows are being read. */
    record Running(Instant begun) implements Active {
        @Override
        public RunStatus status() {
            return RunStatus.RUNNING;
        }

        @Override
        public Optional<Instant> started() {
            return Optional.of(begun);
        }

        Paused pause() {
            return new Paused(Optional.of(begun));
        }
    }

    /** Held where it is until it is resumed. */
    record Paused(Optional<Instant> started) implements Active {
        @Override
        public RunStatus status() {
            return RunStatus.PAUSED;
        }

        /** A topic that was under way reports its beginning late. */
        Paused start(Instant at) {
            return new Paused(Optional.of(started.orElse(at)));
        }

        Active resume() {
            return started.<Active>map(Running::new).orElseGet(Pending::new);
        }
    }

    /** Told to stop; over when the last topic has confirmed it. */
    record Stopping(Optional<Instant> started) implements Active {
        @Override
        public RunStatus status() {
            return RunStatus.STOPPING;
        }
    }

    /** Stopped before its end. */
    record Cancelled(Optional<Instant> started, Instant finished) implements Final {
        @Override
        public RunStatus status() {
            return RunStatus.CANCELLED;
        }
    }

    /** Every topic that was not taken out is complete. */
    record Completed(Optional<Instant> started, Instant finished) implements Final {
        @Override
        public RunStatus status() {
            return RunStatus.COMPLETED;
        }
    }

    /**
     * Over, and a topic failed.
     *
     * @param error a sentence that names the topic
     */
    record Failed(Optional<Instant> started, Instant finished, String error) implements Final {
        @Override
        public RunStatus status() {
            return RunStatus.FAILED;
        }
    }
}
