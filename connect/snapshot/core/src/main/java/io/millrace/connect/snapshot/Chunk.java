package io.millrace.connect.snapshot;

import java.util.Optional;

/**
 * A chunk on its way: open, read, marked, gone. Guarded by the engine's lock.
 *
 * <p>Its window is open from {@link #open} until it leaves. Rows that the stream changed at or after that moment are
 * not the chunk's to deliver.
 */
final class Chunk {
    private final long number;
    private ChunkRange range;
    private long openedAt;
    private long[] streamedBefore = {};
    private Optional<ChunkRows> rows = Optional.empty();
    private boolean marked;
    private boolean markerWritten;
    private int reads;

    Chunk(long number, ChunkRange range) {
        this.number = number;
        this.range = range;
    }

    /**
     * Opens the window, or opens it again for another read of the same rows.
     *
     * @param moment number of the next change that will be noted
     * @param streamed transactions that the read must see
     */
    void open(long moment, long[] streamed) {
        openedAt = moment;
        streamedBefore = streamed.clone();
        rows = Optional.empty();
        marked = false;
        markerWritten = false;
        reads++;
    }

    /** Takes what was read, unless the view lacks what was streamed before the window opened. */
    boolean take(ChunkRows read) {
        if (!StreamedTransactions.allSeenBy(read.sees(), streamedBefore)) {
            return false;
        }
        rows = Optional.of(read);
        range = new ChunkRange(range.after(), range.greatest(), read.end().or(range::end), range.limit());
        return true;
    }

    /** The stream has passed the read. */
    void mark() {
        marked = rows.isPresent();
    }

    /** Returns the rows once they may go out. */
    Optional<ChunkRows> readyRows() {
        return marked ? rows : Optional.empty();
    }

    /** Returns the text that marks this read in the database's log, and no other. */
    String marker(String prefix) {
        return prefix + number + "/" + reads;
    }

    /** The marker behind the read is in the database's log. */
    void markerWritten() {
        markerWritten = true;
    }

    /** Returns whether the chunk must be read again should the connection be lost. */
    boolean isUnfinished() {
        return !markerWritten;
    }

    ChunkRange range() {
        return range;
    }

    long openedAt() {
        return openedAt;
    }

    int reads() {
        return reads;
    }
}
