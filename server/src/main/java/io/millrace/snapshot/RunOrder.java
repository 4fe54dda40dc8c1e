package io.millrace.snapshot;

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
 * @param continuedFrom the run that this one goes on from
 */
public record RunOrder(
        String requestedBy,
        Instant submitted,
        Optional<String> requestId,
        Optional<String> surrogateKey,
        List<AdditionalCondition> conditions,
        Optional<List<String>> priority,
        Optional<RunId> continuedFrom) {
    public RunOrder {
        conditions = List.copyOf(conditions);
        priority = priority.map(List::copyOf);
    }
}
