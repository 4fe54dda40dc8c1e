package io.millrace.destination.deadletter;

import io.millrace.http.shape.Default;
import io.millrace.http.shape.Min;
import java.util.List;
import java.util.Optional;

/** What calls about dead letters carry. */
final class DeadLetterRequests {
    private DeadLetterRequests() {}

    /**
     * Body of a replay.
     *
     * @param topics names of topics whose records are meant; empty for all
     * @param fromOffset first offset in the dead letter topic; empty for what no replay has seen
     * @param toOffset offset behind the last; empty for all
     * @param includeSuperseded whether records are meant that later ones of their key have superseded
     */
    record Replay(
            Optional<List<String>> topics,
            Optional<@Min(0) Long> fromOffset,
            Optional<@Min(0) Long> toOffset,
            @Default("false") boolean includeSuperseded) {}
}
