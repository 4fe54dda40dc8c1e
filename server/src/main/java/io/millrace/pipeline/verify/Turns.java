package io.millrace.pipeline.verify;

import io.millrace.http.ApiProblem;
import java.util.HashSet;
import java.util.Set;

/** Lets one reader or writer of both ends be at work for each pipeline. Thread-safe. */
final class Turns {
    private final Set<String> taken = new HashSet<>();

    /** Takes the turn of a pipeline; refuses it while somebody has it. */
    synchronized void take(String pipeline) {
        if (!taken.add(pipeline)) {
            throw new ApiProblem.Conflict("A verification or repair of pipeline " + pipeline
                    + " is running; read it with GET /pipelines/" + pipeline + "/verify");
        }
    }

    synchronized void giveBack(String pipeline) {
        taken.remove(pipeline);
    }
}
