package io.millrace.connect.snapshot;

/**
 * How much a read of a chunk may bring.
 *
 * @param rows rows to read while the chunk's end is not known; a few more when keys are equal
 * @param bytes a read ends behind the row that reaches this, also before the chunk's end; so one row more than this is
 *     what a chunk holds in memory at most
 * @param batchRows most rows of one batch
 */
public record ChunkLimits(int rows, long bytes, int batchRows) {
    public ChunkLimits {
        if (rows < 1 || bytes < 1 || batchRows < 1) {
            throw new IllegalArgumentException("a chunk needs at least one row, not " + rows + " rows, " + bytes
                    + " bytes and batches of " + batchRows);
        }
    }
}
