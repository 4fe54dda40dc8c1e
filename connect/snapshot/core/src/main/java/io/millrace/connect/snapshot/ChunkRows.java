package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Rows of one chunk as one consistent view had them.
 *
 * @param rows in key order
 * @param end key of the last row; the range's own end when that was given; empty when there was no row
 * @param last whether nothing of the run lies beyond
 * @param bytes bytes of the rows as the database sent them
 * @param sees whether the view holds the changes of a transaction that the stream has brought
 */
public record ChunkRows(List<Row> rows, Optional<JsonNode> end, boolean last, long bytes, LongPredicate sees) {
    public ChunkRows {
        rows = List.copyOf(rows);
    }
}
