package io.millrace.connect.snapshot;

import io.millrace.control.TopicState;

/** Where one table of a run stands; a phase has a method for every move that leads out of it, and none else. */
sealed interface TopicPhase {
    /** Returns the phase as progress reports it. */
    TopicState state();

    /** In line, or held: nothing is being read. */
    sealed interface Idle extends TopicPhase {
        /** Readers begin, or go on from the position. */
        default Reading read() {
            return new Reading(new Readers());
        }

        /** No row will come. */
        default Finished stop() {
            return new Finished(TopicState.CANCELLED);
        }
    }

    /** Waits for a free reader. */
    record Waiting() implements Idle {
        @Override
        public TopicState state() {
            return TopicState.PENDING;
        }

        Held pause() {
            return new Held();
        }
    }

    /** Stays where it is until the run is resumed. */
    record Held() implements Idle {
        @Override
        public TopicState state() {
            return TopicState.PAUSED;
        }

        Waiting resume() {
            return new Waiting();
        }
    }

    /** Readers are at work; leaving this phase discards them and every chunk that is open. */
    record Reading(Readers readers) implements TopicPhase {
        @Override
        public TopicState state() {
            return TopicState.RUNNING;
        }

        Held pause() {
            readers.discard();
            return new Held();
        }

        /** What has not left is read again, by other readers. */
        Waiting again() {
            readers.discard();
            return new Waiting();
        }

        Finished stop() {
            readers.discard();
            return new Finished(TopicState.CANCELLED);
        }

        Finished fail() {
            readers.discard();
            return new Finished(TopicState.FAILED);
        }

        Finished complete() {
            readers.discard();
            return new Finished(TopicState.COMPLETED);
        }
    }

    /** For good. */
    record Finished(TopicState state) implements TopicPhase {
        public Finished {
            if (!state.isFinal()) {
                throw new IllegalArgumentException(state + " is not final");
            }
        }
    }
}
