package io.millrace.connect.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.control.TopicState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one table of a run is. It is stored as a source offset, in the transaction of the rows that it counts, so a
 * task that starts again goes on from here and nowhere else (S1, S4, S6).
 *
 * @param rows rows delivered
 * @param bytes bytes of these rows as the database sent them
 * @param last end of the last closed chunk
 * @param greatest greatest key at the start of the run; present once the table was looked at, and then fixed, so that
 *     the end does not run away
 * @param started when the table was looked at first
 */
record Position(
        String runId,
        TopicState state,
        long rows,
        long bytes,
        Optional<JsonNode> last,
        Optional<JsonNode> greatest,
        Optional<Instant> started) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the position before the first row. */
    static Position before(String runId, Optional<JsonNode> startAfter) {
        return new Position(runId, TopicState.PENDING, 0, 0, startAfter, Optional.empty(), Optional.empty());
    }

    /** Returns the position once the range is known. */
    Position begun(Optional<JsonNode> greatestKey, Instant now) {
        return new Position(
                runId, TopicState.RUNNING, rows, bytes, last, greatestKey, started.or(() -> Optional.of(now)));
    }

    /** Returns the position behind a chunk. */
    Position behind(Optional<JsonNode> end, long rowsMore, long bytesMore) {
        return new Position(runId, state, rows + rowsMore, bytes + bytesMore, end.or(() -> last), greatest, started);
    }

    /** Returns the position in another state. */
    Position in(TopicState other) {
        return new Position(runId, other, rows, bytes, last, greatest, started);
    }

    /** Returns the position as a source offset, which holds plain values only. */
    Map<String, Object> toOffset() {
        Map<String, Object> offset = new HashMap<>();
        offset.put("run", runId);
        offset.put("state", state.name());
        offset.put("rows", rows);
        offset.put("bytes", bytes);
        last.ifPresent(key -> offset.put("last", key.toString()));
        greatest.ifPresent(key -> offset.put("greatest", key.toString()));
        started.ifPresent(at -> offset.put("started", at.toString()));
        return offset;
    }

    /** Returns the position that an offset of this run holds; empty for none and for one of another run. */
    static Optional<Position> of(@Nullable Map<String, Object> offset, String runId) {
        if (offset == null || !runId.equals(offset.get("run"))) {
            return Optional.empty();
        }
        return Optional.of(new Position(
                runId,
                TopicState.valueOf((String) offset.get("state")),
                ((Number) offset.get("rows")).longValue(),
                ((Number) offset.get("bytes")).longValue(),
                text(offset, "last").map(Position::key),
                text(offset, "greatest").map(Position::key),
                text(offset, "started").map(Instant::parse)));
    }

    private static Optional<String> text(Map<String, Object> offset, String name) {
        return Optional.ofNullable((String) offset.get(name));
    }

    private static JsonNode key(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored position of a snapshot is no JSON: " + json, e);
        }
    }
}
