package io.millrace.connect.snapshot.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connect.snapshot.Batch;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of one read as they come in, cut into batches. For one thread. */
final class ChunkRead {
    private final RowMaker maker;
    private final KeyReader key;
    private final ChunkLimits limits;
    private final boolean cuts;
    private final boolean uniquePositions;
    private final List<Batch> batches = new ArrayList<>();
    private List<Row> rows = new ArrayList<>();
    private Optional<JsonNode> lastKey = Optional.empty();
    private long batchBytes;
    private long bytes;
    private int count;
    private boolean early;

    /** Tells where a row stands. */
    @FunctionalInterface
    interface KeyReader {
        /** Returns the key of the row that a result stands at. */
        JsonNode of(ResultSet row) throws SQLException;
    }

    /**
     * Makes a read.
     *
     * @param cuts whether a chunk may be handed over in parts
     * @param uniquePositions whether the read may end behind any row
     */
    ChunkRead(RowMaker maker, KeyReader key, ChunkLimits limits, boolean cuts, boolean uniquePositions) {
        this.maker = maker;
        this.key = key;
        this.limits = limits;
        this.cuts = cuts;
        this.uniquePositions = uniquePositions;
    }

    /** Takes a row, unless there are enough: as many bytes as there may be, and no equal key before it. */
    boolean take(ResultSet row) throws SQLException {
        JsonNode its = key.of(row);
        if (isFull() && (uniquePositions || !lastKey.equals(Optional.of(its)))) {
            early = true;
            return false;
        }
        RowMaker.Made made = maker.make(row);
        rows.add(made.row());
        lastKey = Optional.of(its);
        batchBytes += made.bytes();
        bytes += made.bytes();
        count++;
        if (cuts && rows.size() == limits.batchRows()) {
            endBatch();
        }
        return true;
    }

    /** Returns whether there are as many bytes as there may be. */
    boolean isFull() {
        return bytes >= limits.bytes();
    }

    /** No more rows come. */
    void end() {
        endBatch();
    }

    private void endBatch() {
        if (!rows.isEmpty()) {
            batches.add(new Batch(rows, lastKey, batchBytes));
            rows = new ArrayList<>();
            batchBytes = 0;
        }
    }

    List<Batch> batches() {
        return batches;
    }

    /** Returns the key of the last row; empty when there was none. */
    Optional<JsonNode> lastKey() {
        return lastKey;
    }

    int count() {
        return count;
    }

    /** Returns whether rows were left because of their bytes. */
    boolean endedEarly() {
        return early;
    }
}
