package io.millrace.pipeline;

import io.millrace.http.ApiProblem;
import io.millrace.store.Ids;
import java.util.Optional;

/** Id of a pipeline: 24 lower-case hex digits. */
record PipelineId(String value) {
    PipelineId {
        if (!Ids.wellFormed(value)) {
            throw new IllegalArgumentException("no pipeline id: " + value);
        }
    }

    /** Returns the id that a client sent; refuses one that cannot be an id. */
    static PipelineId parse(String text) {
        return find(text).orElseThrow(() -> new ApiProblem.BadRequest("Invalid pipeline ID format: " + text));
    }

    /** Returns the id if the text is one. */
    static Optional<PipelineId> find(String text) {
        return Ids.wellFormed(text) ? Optional.of(new PipelineId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
