package io.millrace.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.metric.Answer;
import io.millrace.snapshot.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dashboard as clients read it. */
public final class DashboardViews {
    private DashboardViews() {}

    /** Number of topics, and of dead letter topics among them. */
    public record Topics(long total, long dlq) {}

    /** Delays from commit to commit, in milliseconds. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Delays(Optional<Double> p50, Optional<Double> p95, Optional<Double> max) {}

    /**
     * Counts and rates.
     *
     * @param sources number of sources by state, and {@code total}; likewise the others
     * @param snapshots number of runs of the last day by state
     * @param eventsPerSecond records that sources wrote, on average of the last minutes
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Stats(
            Map<String, Long> sources,
            Map<String, Long> destinations,
            Map<String, Long> pipelines,
            Map<String, Long> transforms,
            Topics topics,
            Map<String, Long> snapshots,
            Delays latencyMs,
            double eventsPerSecond) {}

    /** Both ends of a range of time. */
    public record Range(Instant from, Instant to) {}

    /** What the charts show. */
    public record Series(
            List<Answer.Point> events,
            List<Answer.Point> bytes,
            List<Answer.Point> latencyMs,
            List<Answer.Point> errors) {}

    /** Something that is broken, late, or refuses records. */
    public record Attention(String entityType, String entityId, String name, String status, String reason) {}

    /** Charts, and what needs attention. */
    public record Overview(Range timeRange, Series series, List<Attention> attention, List<RunView> runningSnapshots) {}
}
