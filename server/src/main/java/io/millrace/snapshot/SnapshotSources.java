package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;

/** The sources of a caller, as snapshots see them. */
public interface SnapshotSources {
    /** Returns a source; refuses an id that is malformed ({@link ApiProblem.BadRequest}) or unknown to the caller ({@link ApiProblem.NotFound}). */
    SnapshotSource get(Caller caller, String sourceId);

    /** Returns whether the caller has such a source. */
    boolean has(Caller caller, String sourceId);

    /** Returns whether there is such a source, whoever has it; false once it was deleted. */
    boolean exists(String sourceId);
}
