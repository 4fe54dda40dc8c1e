package io.millrace.snapshot;

import java.time.Instant;
import java.util.Optional;

/** Where one topic of a run stands; a state has a method for every move that leads out of it, and none else. */
public sealed interface TopicState {
    /** Returns the state as clients see it. */
    TopicStatus status();

    /** Returns when the first chunk was read. */
    Optional<Instant> started();

    /** Rows may follow. */
    sealed interface Unfinished extends TopicState {
        /** The task is to stop; rows may follow until it has confirmed. */
        default Stopping stop() {
            return new Stopping(started());
        }

        /** Confirmed that no row follows: by the task, or because no task can know of the topic or run. */
        default Cancelled cancel(Instant at) {
            return new Cancelled(started(), at);
        }

        /** The task delivered every row. */
        default Completed complete(Instant at) {
            return new Completed(started(), at);
        }

        /** The task gave up. */
        default Failed fail(Instant at, String error) {
            return new Failed(started(), at, error);
        }
    }

    /** For good. */
    sealed interface Final extends TopicState {
        /** Returns when that was. */
        Instant finished();
    }

    /** Not begun. */
    record Pending() implements Unfinished {
        @Override
        public TopicStatus status() {
            return TopicStatus.PENDING;
        }

        @Override
        public Optional<Instant> started() {
            return Optional.empty();
        }

        Running start(Instant at) {
            return new Running(at);
        }

        Paused pause(long revision) {
            return new Paused(Optional.empty(), revision, false);
        }
    }

    /** Chunks are being read. */
    record Running(Instant begun) implements Unfinished {
        @Override
        public TopicStatus status() {
            return TopicStatus.RUNNING;
        }

        @Override
        public Optional<Instant> started() {
            return Optional.of(begun);
        }

        Paused pause(long revision) {
            return new Paused(Optional.of(begun), revision, false);
        }
    }

    /**
     * Held at the end of the last closed chunk.
     *
     * @param revision of the desired state that asked for it
     * @param confirmed whether the task has said so; from then on no row follows before a later revision resumes it
     */
    record Paused(Optional<Instant> started, long revision, boolean confirmed) implements Unfinished {
        @Override
        public TopicStatus status() {
            return TopicStatus.PAUSED;
        }

        Paused start(Instant at) {
            return new Paused(Optional.of(started.orElse(at)), revision, confirmed);
        }

        Paused confirm() {
            return new Paused(started, revision, true);
        }

        Unfinished resume() {
            return started.<Unfinished>map(Running::new).orElseGet(Pending::new);
        }
    }

    /** Told to stop. */
    record Stopping(Optional<Instant> started) implements Unfinished {
        @Override
        public TopicStatus status() {
            return TopicStatus.STOPPING;
        }
    }

    /** Stopped before its end; no row follows. */
    record Cancelled(Optional<Instant> started, Instant finished) implements Final {
        @Override
        public TopicStatus status() {
            return TopicStatus.CANCELLED;
        }
    }

    /** Every row of the range was delivered. */
    record Completed(Optional<Instant> started, Instant finished) implements Final {
        @Override
        public TopicStatus status() {
            return TopicStatus.COMPLETED;
        }
    }

    /** Given up by the task. */
    record Failed(Optional<Instant> started, Instant finished, String error) implements Final {
        @Override
        public TopicStatus status() {
            return TopicStatus.FAILED;
        }
    }

    /** Never part of the work: the table has no key, and the run was over all tables. */
    record Skipped(Instant finished) implements Final {
        @Override
        public TopicStatus status() {
            return TopicStatus.SKIPPED;
        }

        @Override
        public Optional<Instant> started() {
            return Optional.empty();
        }
    }
}
