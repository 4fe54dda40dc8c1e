package io.millrace.billing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.metric.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Usage as clients read it. */
public final class UsageViews {
    private UsageViews() {}

    /** What one entity used in a range of time. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Row(
            String id,
            String name,
            Optional<String> connector,
            String entityType,
            String tenantId,
            String serviceId,
            long bytes,
            long records,
            long snapshotRecords,
            Instant timestampFrom,
            Instant timestampTo) {
        static Row of(Usage.Used used, String tenantId, String serviceId, Instant from, Instant to) {
            return new Row(
                    used.id(),
                    used.name(),
                    used.connector(),
                    used.kind(),
                    tenantId,
                    serviceId,
                    used.bytes(),
                    used.records(),
                    used.snapshotRecords(),
                    from,
                    to);
        }
    }

    /** Bytes and records. */
    public record Amount(long bytes, long records) {}

    /** Bytes and records of a bucket of time. */
    public record Point(String timestamp, long bytes, long records) {}

    /**
     * What a service used in a range of time; bytes and records are those that its sources wrote.
     *
     * @param amount always empty: nothing is charged
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Summary(
            Instant timestampFrom,
            Instant timestampTo,
            long bytes,
            long records,
            long snapshotRecords,
            Map<String, Amount> byEntityType,
            List<Point> series,
            Optional<Double> amount,
            Optional<String> currency) {
        public Summary {
            byEntityType = Map.copyOf(byEntityType);
            series = List.copyOf(series);
        }
    }
}
