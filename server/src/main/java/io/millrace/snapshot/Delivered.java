package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.TopicProgress;
import java.util.Optional;

/**
 * What a run has delivered of one topic (S4).
 *
 * @param bytes keys and values as written
 * @param lastKey end of the last closed chunk
 * @param chunkRows rows of a chunk at present
 */
public record Delivered(long rows, long bytes, Optional<JsonNode> lastKey, Optional<Integer> chunkRows) {
    /** Nothing yet. */
    public static final Delivered NOTHING = new Delivered(0, 0, Optional.empty(), Optional.empty());

    /** Returns this or what was reported, whichever is further; a report that comes again changes nothing. */
    Delivered atLeast(TopicProgress report) {
        if (report.rows() < rows || (report.rows() == rows && report.lastKey().isEmpty())) {
            return this;
        }
        return new Delivered(
                report.rows(),
                Math.max(bytes, report.bytes()),
                report.lastKey(),
                report.chunkRows() > 0 ? Optional.of(report.chunkRows()) : chunkRows);
    }
}
