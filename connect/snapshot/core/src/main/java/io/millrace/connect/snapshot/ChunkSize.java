package io.millrace.connect.snapshot;

/**
 * How many rows make a chunk of the wanted bytes, by the width of the rows seen so far. Starts small when nothing is
 * known and follows quickly, for the first rows of a table are not always like the rest; wider rows than expected end
 * a read early.
 */
final class ChunkSize {
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_BATCH_ROWS = 1_000;
    private static final double EXPECTED_ROW_BYTES = 512;
    private static final double WEIGHT_OF_NEWEST = 0.5;
    private static final double CHUNK_SECONDS = 2;
    private static final double BATCH_SECONDS = 0.2;

    private final int wantedBytes;
    private final Pace pace;
    private double rowBytes = EXPECTED_ROW_BYTES;

    ChunkSize(int wantedBytes, Pace pace) {
        this.wantedBytes = wantedBytes;
        this.pace = pace;
    }

    /** Takes the database's own statistics as a first guess. */
    void expect(long averageRowBytes) {
        rowBytes = Math.max(1, averageRowBytes);
    }

    /** Takes the width of rows that were read. */
    void learn(ChunkRows rows) {
        int count = rows.rows();
        if (count > 0) {
            double measured = Math.max(1, (double) rows.bytes() / count);
            rowBytes += WEIGHT_OF_NEWEST * (measured - rowBytes);
        }
    }

    /** Returns the rows of the next chunk. */
    int rows() {
        int byBytes = (int) Math.max(1, Math.min(MOST_ROWS, wantedBytes / rowBytes));
        return pace.mostRows(CHUNK_SECONDS, rowBytes, byBytes);
    }

    /**
     * Returns what a read may bring; after reads that the stream made worthless the batches are halved each time, so
     * that rows at rest get out of the way of those that are not.
     */
    ChunkLimits limits(int spoiled) {
        int batchRows = Math.max(1, pace.mostRows(BATCH_SECONDS, rowBytes, MOST_BATCH_ROWS) >> Math.min(spoiled, 16));
        return new ChunkLimits(rows(), 2L * wantedBytes, batchRows);
    }
}
