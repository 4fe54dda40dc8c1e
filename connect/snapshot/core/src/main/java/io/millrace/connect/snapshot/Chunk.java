package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A chunk on its way: open, read, passed by the stream, handed over batch by batch. Guarded by the engine's lock.
 *
 * <p>Its window is open from {@link #open} until its last batch has left. Rows that the stream changed at or after that
 * moment are not the chunk's to deliver.
 */
final class Chunk {
    private final long number;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private ChunkRange range;
    private long openedAt;
    private long[] streamedBefore = {};
    private boolean read;
    private boolean last;
    private boolean marked;
    private boolean passed;
    private Optional<Mark> mark = Optional.empty();
    private int reads;
    private int spoiled;

    /**
     * Makes a chunk.
     *
     * @param moment number of the next change that will be noted
     */
    Chunk(long number, ChunkRange range, long moment) {
        this.number = number;
        this.range = range;
        this.openedAt = moment;
    }

    /**
     * Opens the window, or opens it again for another read of the same rows.
     *
     * @param moment number of the next change that will be noted
     * @param streamed transactions that the read must see
     */
    void open(long moment, long[] streamed) {
        openedAt = moment;
        streamedBefore = streamed;
        batches.clear();
        read = false;
        last = false;
        marked = false;
        passed = false;
        mark = Optional.empty();
        reads++;
    }

    /** Fixes the end, before the rows are read. */
    void endAt(JsonNode end) {
        range = new ChunkRange(range.after(), range.greatest(), Optional.of(end));
    }

    /** Returns whether a view holds what was streamed before the window opened; without it the read does not count. */
    boolean isSeenBy(ChunkRows rows) {
        return StreamedTransactions.allSeenBy(rows.sees(), streamedBefore);
    }

    /** Takes what was read; the chunk ends where the read did. */
    void take(ChunkRows rows) {
        read = true;
        last = rows.last();
        batches.addAll(rows.batches());
        range = new ChunkRange(range.after(), range.greatest(), rows.end().or(range::end));
    }

    /** The place behind the read is marked in the database's log. */
    void markedBy(Mark behind) {
        marked = true;
        mark = Optional.of(behind);
    }

    /** The stream has passed the read, if there was one. */
    void pass() {
        passed = read;
    }

    /** Passes when the stream has reached the place that marks the read. */
    void passAt(Timeline timeline) {
        if (mark.isPresent() && mark.get() instanceof Mark.Place place && timeline.hasReached(place.position())) {
            pass();
        }
    }

    /** Returns whether rows may go out. */
    boolean isReady() {
        return passed;
    }

    /** Returns how many rows are left to hand over. */
    int rows() {
        return batches.stream().mapToInt(batch -> batch.rows().size()).sum();
    }

    /** Returns the next batch to hand over; empty when all are gone. */
    Optional<Batch> next() {
        return Optional.ofNullable(batches.peekFirst());
    }

    /** The next batch has left; what follows lies beyond it. */
    void handedOver() {
        Batch gone = batches.removeFirst();
        range = new ChunkRange(gone.end().or(range::after), range.greatest(), range.end());
    }

    /**
     * Takes the next batch out into a chunk of its own, so that only its rows need be read again; the rest stays ready
     * behind it.
     */
    Chunk takeOut(long itsNumber, long moment) {
        Batch first = batches.getFirst();
        Chunk alone = new Chunk(itsNumber, new ChunkRange(range.after(), range.greatest(), first.end()), moment);
        alone.spoiled = spoiled + 1;
        handedOver();
        return alone;
    }

    /** Returns the text that marks this read in the database's log, and no other. */
    String marker(String prefix) {
        return prefix + number + "/" + reads;
    }

    /** Returns whether the chunk must be read again should the connection be lost. */
    boolean isUnfinished() {
        return !marked && !passed;
    }

    /** Returns whether nothing of the run lies beyond. */
    boolean isLast() {
        return last;
    }

    ChunkRange range() {
        return range;
    }

    long openedAt() {
        return openedAt;
    }

    /** Returns how many reads of these rows the stream has made worthless. */
    int spoiled() {
        return spoiled;
    }
}
