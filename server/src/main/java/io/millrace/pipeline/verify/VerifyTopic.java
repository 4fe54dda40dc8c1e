package io.millrace.pipeline.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of one topic.
 *
 * @param ranges those that differ
 * @param columnsLeftOut columns that were not compared, and why
 * @param comparedSince only rows were looked at that were changed since the comparison which began then; empty if all were
 */
record VerifyTopic(
        String topicId,
        String topicName,
        Optional<String> sourceTable,
        Optional<String> destinationTable,
        State status,
        Optional<Boolean> ok,
        List<String> keyColumns,
        Optional<Long> rowsSource,
        Optional<Long> rowsDestination,
        int rangesCompared,
        int rangesDifferent,
        List<Range> ranges,
        List<Difference> differences,
        List<LeftOut> columnsLeftOut,
        Optional<String> error,
        Optional<Instant> comparedSince) {
    VerifyTopic {
        keyColumns = List.copyOf(keyColumns);
        ranges = List.copyOf(ranges);
        differences = List.copyOf(differences);
        columnsLeftOut = List.copyOf(columnsLeftOut);
    }

    /** How far it is. */
    enum State {
        @JsonProperty("pending")
        PENDING,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED
    }

    /** In what a key differs. */
    enum Kind {
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("extra")
        EXTRA,
        @JsonProperty("different")
        DIFFERENT
    }

    /** A range that differs. */
    record Range(
            Optional<Map<String, JsonNode>> keyFrom,
            Optional<Map<String, JsonNode>> keyTo,
            long rowsSource,
            long rowsDestination,
            Optional<String> checksumSource,
            Optional<String> checksumDestination,
            boolean ok,
            int attempts) {}

    /** A key that differs. */
    record Difference(Map<String, JsonNode> key, Kind kind, List<String> columns) {}

    /** A column that was not compared. */
    record LeftOut(String column, String reason) {}

    static VerifyTopic pending(String topicId) {
        return of(topicId, State.PENDING, Optional.empty());
    }

    private static VerifyTopic of(String topicId, State state, Optional<String> error) {
        return new VerifyTopic(
                topicId,
                topicId.substring(topicId.indexOf('.') + 1),
                Optional.empty(),
                Optional.empty(),
                state,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                error,
                Optional.empty());
    }

    VerifyTopic running() {
        return of(topicId, State.RUNNING, Optional.empty());
    }

    VerifyTopic skipped(String reason) {
        return of(topicId, State.SKIPPED, Optional.of(reason));
    }

    VerifyTopic failed(String reason) {
        return of(topicId, State.FAILED, Optional.of(reason));
    }

    boolean isOver() {
        return status != State.PENDING && status != State.RUNNING;
    }
}
