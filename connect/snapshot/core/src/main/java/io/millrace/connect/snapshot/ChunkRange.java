package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which rows a chunk holds.
 *
 * @param after key that all rows lie beyond; empty from the start
 * @param greatest greatest key of the run; empty when no row had a whole key at its start
 * @param end key that no row lies beyond, known once the chunk was read; a chunk that is read again has the same rows
 * @param limit rows to read while the end is not known; a few more when keys are equal
 */
public record ChunkRange(Optional<JsonNode> after, Optional<JsonNode> greatest, Optional<JsonNode> end, int limit) {
    public ChunkRange {
        if (limit < 1) {
            throw new IllegalArgumentException("a chunk needs at least one row, not " + limit);
        }
    }
}
