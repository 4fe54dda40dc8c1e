package io.millrace.metric;

import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Min;
import java.util.List;
import java.util.Optional;

/** What calls for metrics carry. */
public final class MetricRequests {
    private MetricRequests() {}

    /** Down to what figures are told apart. */
    public enum Level {
        CONNECTOR,
        TASK,
        TOPIC
    }

    /**
     * Figures of many entities.
     *
     * @param topicListFrom first topic of each entity that is told
     * @param from id after which to begin
     * @param page counts in pages of {@code size}, instead of {@code from}
     * @param sort figure to sort by
     */
    public record Many(
            @Inline TimeQuery time,
            Optional<String> id,
            Optional<CsvOrList> ids,
            Optional<CsvOrList> tenantIds,
            @Default("0") @Min(0) int topicListFrom,
            Optional<@Min(1) Integer> topicListSize,
            Optional<String> from,
            Optional<@Min(1) Integer> size,
            Optional<Level> level,
            @Default("1") @Min(1) int page,
            Optional<CsvOrList> snapshot,
            Optional<String> sort,
            @Default("asc") SortDirection sortDir) {
        private static final int MOST = 1_000;

        int most() {
            return Math.min(MOST, size.orElse(MOST));
        }

        int mostTopics() {
            return Math.min(MOST, topicListSize.orElse(MOST));
        }

        boolean wants(Level asked) {
            return level.filter(only -> only != asked).isEmpty();
        }

        /** Returns whether the tenant is one of those that are asked for. */
        boolean concerns(String tenantId) {
            return tenantIds
                    .map(CsvOrList::values)
                    .filter(some -> !some.isEmpty() && !some.contains(tenantId))
                    .isEmpty();
        }

        /** Returns the ids that are named; empty when all are wanted. */
        Optional<List<String>> named() {
            return id.filter(one -> !one.isEmpty()).map(List::of).or(() -> ids.map(CsvOrList::values)
                    .filter(some -> !some.isEmpty()));
        }
    }
}
