package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Rows of one chunk as one consistent view had them.
 *
 * @param batches in key order; none when there was no row
 * @param end end of what was read: key of the last row, or the range's own end when all of it was read; empty when
 *     there was no row and the range has no end
 * @param complete whether the range was read to its end; a read may end early when it has taken enough bytes
 * @param last whether nothing of the run lies beyond
 * @param sees whether the view holds the changes of a transaction that the stream has brought
 */
public record ChunkRows(
        List<Batch> batches, Optional<JsonNode> end, boolean complete, boolean last, LongPredicate sees) {
    public ChunkRows {
        batches = List.copyOf(batches);
    }

    /** Returns how many rows were read. */
    public int rows() {
        return batches.stream().mapToInt(batch -> batch.rows().size()).sum();
    }

    /** Returns the bytes of all rows. */
    public long bytes() {
        return batches.stream().mapToLong(Batch::bytes).sum();
    }
}
