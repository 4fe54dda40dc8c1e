package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Rows that are handed over together, in key order; a position lies behind each batch. Where rows have no identity, or
 * several share a position, the chunk is one batch.
 *
 * @param end key of the last row
 * @param bytes bytes of the rows: of keys and values as they are written where they are encoded, else as the database
 *     sent them
 */
public record Batch(List<Row> rows, Optional<JsonNode> end, long bytes) {
    public Batch {
        rows = List.copyOf(rows);
    }
}
