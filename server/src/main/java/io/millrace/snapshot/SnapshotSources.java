package io.millrace.snapshot;

import io.millrace.connector.BulkRequests;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.List;
import java.util.Optional;

/** The sources of a caller, as snapshots see them. */
public interface SnapshotSources {
    /** Returns a source; refuses an id that is malformed ({@link ApiProblem.BadRequest}) or unknown to the caller ({@link ApiProblem.NotFound}). */
    SnapshotSource get(Caller caller, String sourceId);

    /** Returns whether the caller has such a source. */
    boolean has(Caller caller, String sourceId);

    /** Returns the ids that a bulk call selects; refuses a selection that says nothing, or two things. */
    List<String> select(Caller caller, BulkRequests.Selection selection);

    /** Returns the topic of a captured table by its database id, if the caller has its source. */
    Optional<OwnedTopic> topic(Caller caller, String databaseId);

    /** A topic and the source that it is of. */
    record OwnedTopic(String sourceId, String topicName) {}

    /** Returns a source, whoever has it, unless it was deleted. */
    Optional<SnapshotSource> find(String sourceId);

    /** Returns whether there is such a source, whoever has it; false once it was deleted. */
    boolean exists(String sourceId);
}
