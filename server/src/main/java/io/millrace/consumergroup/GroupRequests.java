package io.millrace.consumergroup;

import io.millrace.http.PageRequest;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Inline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What calls about groups of consumers carry. */
public final class GroupRequests {
    private GroupRequests() {}

    /** Path of a group. */
    public record GroupPath(String groupId) {}

    /** Which groups a list call wants. */
    public record Filter(
            @Inline PageRequest page,
            Optional<String> partialName,
            Optional<CsvOrList> state,
            Optional<String> topicId,
            Optional<String> entityId) {}

    /** Where a group is to go on. */
    public enum Strategy {
        EARLIEST,
        LATEST,
        TIMESTAMP,
        OFFSET
    }

    /**
     * From where a group is to go on.
     *
     * @param timestamp milliseconds since 1970; for the strategy of that name
     * @param offset for the strategy of that name; brought into what a partition holds
     */
    public record Reset(List<String> topics, Strategy strategy, Optional<Long> timestamp, Optional<Long> offset) {
        Optional<Instant> time() {
            return timestamp.map(Instant::ofEpochMilli);
        }
    }
}
