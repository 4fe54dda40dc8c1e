package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connect.snapshot.Batch;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of one read as they come in, cut into batches. For one thread. */
final class ChunkRead {
    private static final long MOST_THROWN_AWAY = 4 << 20;

    private final RowMaker maker;
    private final KeyFields key;
    private final ChunkLimits limits;
    private final boolean amongNulls;
    private final boolean cuts;
    private final boolean uniquePositions;
    private final List<Batch> batches = new ArrayList<>();
    private List<Row> rows = new ArrayList<>();
    private CopyLine line = new CopyLine();
    private CopyLine before = new CopyLine();
    private long batchBytes;
    private long bytes;
    private int count;
    private boolean early;

    /**
     * Makes a read.
     *
     * @param cuts whether a chunk may be handed over in parts
     * @param uniquePositions whether the read may end behind any row
     */
    ChunkRead(
            RowMaker maker,
            KeyFields key,
            ChunkLimits limits,
            boolean amongNulls,
            boolean cuts,
            boolean uniquePositions) {
        this.maker = maker;
        this.key = key;
        this.limits = limits;
        this.amongNulls = amongNulls;
        this.cuts = cuts;
        this.uniquePositions = uniquePositions;
    }

    /**
     * Takes the rows in, to the end or until there are enough bytes of them. A little that is left then is read and thrown
     * away; more is left where it is, and the session cannot be used any more. (The driver loses its step when a copy is
     * cancelled that ends by itself at the same moment.)
     *
     * @return whether the copy has come to its end
     */
    boolean run(CopiedRows copied) throws SQLException {
        byte[] next = copied.next();
        while (next != null && take(next)) {
            next = copied.next();
        }
        endBatch();
        long thrownAway = 0;
        while (next != null && thrownAway < MOST_THROWN_AWAY) {
            thrownAway += next.length;
            next = copied.next();
        }
        return next == null;
    }

    /** Takes a row, unless there are enough. */
    private boolean take(byte[] next) {
        CopyLine free = before;
        before = line;
        line = free;
        line.parse(next);
        boolean enough = bytes >= limits.bytes();
        if (enough && (uniquePositions || !key.same(line, before))) {
            line = before;
            early = true;
            return false;
        }
        Row row = maker.make(line);
        rows.add(row);
        long size = maker.bytes(row, line);
        batchBytes += size;
        bytes += size;
        count++;
        if (cuts && rows.size() == limits.batchRows()) {
            endBatch();
        }
        return true;
    }

    private void endBatch() {
        if (!rows.isEmpty()) {
            batches.add(new Batch(rows, lastKey(), batchBytes));
            rows = new ArrayList<>();
            batchBytes = 0;
        }
    }

    List<Batch> batches() {
        return batches;
    }

    /** Returns the key of the last row; empty when there was none. */
    Optional<JsonNode> lastKey() {
        return count == 0 ? Optional.empty() : Optional.of(key.of(line, amongNulls));
    }

    int count() {
        return count;
    }

    /** Returns whether rows were left because of their bytes. */
    boolean endedEarly() {
        return early;
    }
}
