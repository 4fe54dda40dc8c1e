package io.millrace.snapshot;

import io.millrace.control.MarkerKind;
import io.millrace.http.ApiProblem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A snapshot that somebody asked for, checked.
 *
 * @param problems of the request as a whole
 * @param marker how ends of chunks would be recognised; nothing where that was not asked
 */
record CheckedSnapshot(List<Problem> problems, List<CheckedTopic> topics, Optional<MarkerKind> marker) {
    CheckedSnapshot {
        problems = List.copyOf(problems);
        topics = List.copyOf(topics);
    }

    boolean ok() {
        return problems.isEmpty()
                && topics.stream().allMatch(topic -> topic.problems().isEmpty());
    }

    /** Refuses the snapshot, with every reason, when there is one. */
    void refuseProblems() {
        if (!ok()) {
            throw new ApiProblem.BadRequest(
                    Stream.concat(problems.stream(), topics.stream().flatMap(topic -> topic.problems().stream()))
                            .map(Problem::message)
                            .distinct()
                            .collect(Collectors.joining("; ")));
        }
    }
}
