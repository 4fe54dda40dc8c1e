package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.MarkerKind;
import io.millrace.control.TopicProgress;
import java.util.Optional;

/**
 * What the task found when it looked at a table first.
 *
 * @param greatestKey rows beyond it are the stream's
 * @param marker how the end of a chunk is recognised in the stream
 */
public record Looked(Optional<JsonNode> greatestKey, Optional<MarkerKind> marker) {
    /** Not yet. */
    public static final Looked NOT_YET = new Looked(Optional.empty(), Optional.empty());

    /** Returns this with what a report adds. */
    Looked with(TopicProgress report) {
        return new Looked(
                report.greatestKey().or(() -> greatestKey), report.marker().or(() -> marker));
    }
}
