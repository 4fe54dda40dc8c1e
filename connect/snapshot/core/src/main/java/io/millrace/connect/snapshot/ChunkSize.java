package io.millrace.connect.snapshot;

/**
 * How many rows make a chunk of the wanted bytes, by the width of the rows seen so far. Starts small when nothing is
 * known and follows quickly, for the first rows of a table are not always like the rest.
 */
final class ChunkSize {
    private static final int MOST_ROWS = 20_000;
    private static final double EXPECTED_ROW_BYTES = 512;
    private static final double WEIGHT_OF_NEWEST = 0.5;

    private final int wantedBytes;
    private double rowBytes = EXPECTED_ROW_BYTES;

    ChunkSize(int wantedBytes) {
        this.wantedBytes = wantedBytes;
    }

    /** Takes the database's own statistics as a first guess. */
    void expect(long averageRowBytes) {
        rowBytes = Math.max(1, averageRowBytes);
    }

    /** Takes the width of rows that were read. */
    void learn(ChunkRows rows) {
        if (!rows.rows().isEmpty()) {
            double measured = Math.max(1, (double) rows.bytes() / rows.rows().size());
            rowBytes += WEIGHT_OF_NEWEST * (measured - rowBytes);
        }
    }

    /** Returns the rows of the next chunk. */
    int rows() {
        return (int) Math.max(1, Math.min(MOST_ROWS, wantedBytes / rowBytes));
    }
}
