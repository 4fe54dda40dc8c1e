package io.millrace.topic;

import io.millrace.http.PageRequest;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Min;
import io.millrace.http.shape.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What calls about topics carry. */
public final class TopicRequests {
    private TopicRequests() {}

    /**
     * Which topics a list call wants.
     *
     * @param limit old name of the page size
     * @param offset topics to skip; counts only with {@code limit}
     */
    public record Filter(
            @Inline PageRequest page,
            Optional<CsvOrList> entityType,
            Optional<String> topicId,
            Optional<String> partialName,
            Optional<CsvOrList> entityId,
            @Default("true") boolean includeDlq,
            Optional<CsvOrList> snapshot,
            Optional<String> eta,
            Optional<CsvOrList> valueFormat,
            Optional<Boolean> hasErrors,
            Optional<@Min(1) @Max(100) Integer> limit,
            Optional<@Min(0) Long> offset) {

        /** Returns the page, in whichever way it was asked for. */
        PageRequest wanted() {
            return limit.map(size -> new PageRequest(offset.orElse(0L) / size + 1, size, page.sort(), page.sortDir()))
                    .orElse(page);
        }

        static List<String> values(Optional<CsvOrList> list) {
            return list.map(CsvOrList::values).orElse(List.of());
        }
    }

    /** Path of a topic. */
    public record TopicPath(@Size(min = 1, max = 249) String topicId) {}

    /** How much to tell of a topic. */
    public record Detail(@Default("false") boolean detailed) {}

    /** Where to start reading. */
    public enum Order {
        NEWEST,
        OLDEST
    }

    /**
     * Which records are wanted.
     *
     * @param key text that the key contains
     * @param query text that the value contains
     * @param lastSeenOffsets where the page before ended: read on
     * @param firstSeenOffsets where the page after began: read what comes before it
     */
    public record Messages(
            @Default("50") @Min(1) @Max(500) int pageSize,
            @Default("newest") Order order,
            Optional<@Min(0) Integer> partition,
            Optional<@Min(0) Long> offset,
            Optional<Instant> timestampFrom,
            Optional<Instant> timestampTo,
            Optional<String> key,
            Optional<String> query,
            Optional<String> lastSeenOffsets,
            Optional<String> firstSeenOffsets) {}
}
