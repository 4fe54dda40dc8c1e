package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.MarkerKind;
import io.millrace.control.SnapshotKind;
import io.millrace.database.EstimateKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run as clients see it. */
public record RunView(
        String id,
        String sourceId,
        SnapshotKind snapshotType,
        RunStatus status,
        String requestedBy,
        Optional<String> surrogateKey,
        List<AdditionalCondition> additionalConditions,
        Optional<String> continuedFrom,
        Instant submittedTimestamp,
        Optional<Instant> startedTimestamp,
        Optional<Instant> finishedTimestamp,
        Optional<String> error,
        long rowsRead,
        Optional<Long> rowsEstimated,
        long bytesRead,
        Optional<EstimateKind> estimateKind,
        Optional<MarkerKind> markerKind,
        Optional<String> requestId,
        Limits limits,
        Optional<Double> percent,
        Optional<Long> etaMs,
        List<Topic> topics) {
    public RunView {
        additionalConditions = List.copyOf(additionalConditions);
        topics = List.copyOf(topics);
    }

    /** Limits and order that were asked for. */
    public record Limits(
            Optional<Long> maxRowsPerSecond,
            Optional<Long> maxBytesPerSecond,
            Optional<List<String>> priority,
            Optional<List<Window>> runWindows) {
        static Limits of(RunOrder order) {
            List<Window> windows = order.terms().windows().stream()
                    .map(window -> new Window(
                            window.from().toString(),
                            window.to().toString(),
                            window.timezone().getId()))
                    .toList();
            return new Limits(
                    order.terms().maxRowsPerSecond(),
                    order.terms().maxBytesPerSecond(),
                    order.priority(),
                    Optional.of(windows).filter(list -> !list.isEmpty()));
        }
    }

    /** A time of day in which the run reads. */
    public record Window(String from, String to, String timezone) {}

    /** Progress of one topic. */
    public record Topic(
            String topicId,
            String topicName,
            TopicStatus status,
            long rowsRead,
            Optional<Long> rowsEstimated,
            Optional<EstimateKind> estimateKind,
            long bytesRead,
            Optional<Double> bytesPerSecond,
            Optional<Completeness> completeness,
            Optional<Double> percent,
            Optional<Double> rowsPerSecond,
            Optional<Long> etaMs,
            Optional<JsonNode> lastKey,
            List<String> keyColumns,
            Optional<String> filter,
            Optional<Integer> chunkSize,
            Optional<Instant> startedTimestamp,
            Optional<Instant> finishedTimestamp,
            Optional<String> error) {
        public Topic {
            keyColumns = List.copyOf(keyColumns);
        }
    }
}
