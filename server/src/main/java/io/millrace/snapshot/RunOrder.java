package io.millrace.snapshot;

import io.millrace.control.RunTerms;
import io.millrace.control.SnapshotKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for when a run was made; never changes.
 *
 * @param requestedBy subject of the token
 * @param requestId of the client; the same one again finds this run
 * @param conditions as they were given
 * @param priority as it was given
 * @param terms kind, limits and times
 * @param continuedFrom the run that this one goes on from
 */
public record RunOrder(
        String requestedBy,
        Instant submitted,
        Optional<String> requestId,
        Optional<String> surrogateKey,
        List<AdditionalCondition> conditions,
        Optional<List<String>> priority,
        RunTerms terms,
        Optional<RunId> continuedFrom) {
    public RunOrder {
        conditions = List.copyOf(conditions);
        priority = priority.map(List::copyOf);
    }

    /** Returns whether the stream is held while the run reads. */
    public boolean blocking() {
        return terms.kind() == SnapshotKind.BLOCKING;
    }
}
