package io.millrace.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a source is.
 *
 * @param reason why it is {@link SourceState#BROKEN}, or what it lacks although it runs, in a sentence
 * @param tasks state of each task by its number
 */
public record Health(SourceState state, Optional<String> reason, Map<Integer, Task> tasks) {
    public Health {
        tasks = java.util.Collections.unmodifiableMap(new TreeMap<>(tasks));
    }

    /**
     * State of one task.
     *
     * @param state as Connect names it
     * @param trace stack trace of a failed one
     * @param workerId worker that it is on
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Task(String state, Optional<String> trace, Optional<String> workerId) {}
}
