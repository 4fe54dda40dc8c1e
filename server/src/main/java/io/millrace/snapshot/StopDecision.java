package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import java.util.List;
import java.util.Optional;

/** What a stop comes to. */
sealed interface StopDecision {
    /** Refused: names that are no topics of the source. Nothing is stopped. */
    record UnknownTopics(List<String> names) implements StopDecision {
        public UnknownTopics {
            names = List.copyOf(names);
        }
    }

    /** Refused: the active run is of another kind than the call is for. Nothing is stopped. */
    record OtherKind(SnapshotKind active) implements StopDecision {}

    /** Nothing to do; the newest run is answered as it is. */
    record Unchanged(Optional<Run> newest, List<TableTopic> named) implements StopDecision {
        public Unchanged {
            named = List.copyOf(named);
        }
    }

    /** The run was told. */
    record Changed(Run run, List<TableTopic> named) implements StopDecision {
        public Changed {
            named = List.copyOf(named);
        }
    }
}
