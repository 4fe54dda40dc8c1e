package io.millrace.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far one table of a run is; true at the place in the log where it stands.
 *
 * @param topic Kafka name of the table's topic
 * @param revision revision of the desired state that the task had applied
 * @param rows rows delivered by this run (S4)
 * @param bytes bytes delivered: keys and values as written
 * @param keyColumns columns that order the chunks
 * @param lastKey object of key column to value: the end of the last closed chunk; empty before the first
 * @param greatestKey greatest key when the run looked at the table first; rows beyond it are the stream's
 * @param marker how the end of a chunk is recognised in the stream; empty before the first chunk was read
 * @param chunkRows rows of a chunk at present
 * @param started when the first chunk was read
 * @param finished when the state became final
 * @param error why the table failed, in a sentence
 * @param at when this was written
 */
public record TopicProgress(
        String sourceId,
        String runId,
        String topic,
        TopicState state,
        long revision,
        long rows,
        long bytes,
        List<String> keyColumns,
        Optional<JsonNode> lastKey,
        Optional<JsonNode> greatestKey,
        Optional<MarkerKind> marker,
        int chunkRows,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<String> error,
        Instant at) {
    public TopicProgress {
        keyColumns = List.copyOf(keyColumns);
        lastKey = lastKey.filter(key -> !key.isNull());
        greatestKey = greatestKey.filter(key -> !key.isNull());
    }

    /** Returns the record key: one for each table of each run. */
    public String key() {
        return sourceId + "/" + runId + "/" + topic;
    }
}
