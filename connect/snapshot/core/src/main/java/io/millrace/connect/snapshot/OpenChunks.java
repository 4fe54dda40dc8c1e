package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The chunks of one table that are on their way, in key order, and the window over them. Guarded by the engine's lock.
 *
 * <p>Behind the newest chunk lies the frontier, where the next one begins. One reader at a time holds it, until it knows
 * where its chunk ends: at once when it asked the database for a boundary, else when its rows are read.
 */
final class OpenChunks {
    private final Timeline timeline;
    private final LongSupplier numbers;
    private final String markerPrefix;
    private final Optional<JsonNode> greatest;
    private final List<Chunk> open = new ArrayList<>();
    private final Deque<Chunk> toRead = new ArrayDeque<>();
    private final Window window = new Window();
    private Optional<JsonNode> frontier;
    private Optional<Chunk> atFrontier = Optional.empty();
    private boolean readToEnd;

    /**
     * Makes the state of a table of which nothing is open.
     *
     * @param numbers gives each chunk a number that none of the table had before, in this or an earlier reading, for
     *     markers of those may still come
     */
    OpenChunks(Timeline timeline, LongSupplier numbers, String markerPrefix, Position position) {
        this.timeline = timeline;
        this.numbers = numbers;
        this.markerPrefix = markerPrefix;
        this.greatest = position.greatest();
        this.frontier = position.last();
    }

    // For readers

    /** Returns a chunk that is to be read again. */
    Optional<Chunk> takeAgain() {
        return Optional.ofNullable(toRead.pollFirst());
    }

    /** Returns whether there is a chunk to begin. */
    boolean hasFrontier() {
        return !readToEnd && atFrontier.isEmpty();
    }

    /** Returns whether every chunk was begun. */
    boolean isReadToEnd() {
        return readToEnd;
    }

    /** Returns the chunk at the frontier, which nobody else begins until its end is known. */
    Chunk takeFrontier() {
        Chunk chunk = chunk(new ChunkRange(frontier, greatest, Optional.empty()));
        open.add(chunk);
        atFrontier = Optional.of(chunk);
        return chunk;
    }

    /** The chunk at the frontier ends at a boundary; what lies beyond is free. */
    void endAt(Chunk chunk, JsonNode boundary) {
        chunk.endAt(boundary);
        moveFrontier(Optional.of(boundary));
    }

    private void moveFrontier(Optional<JsonNode> end) {
        frontier = end.or(() -> frontier);
        atFrontier = Optional.empty();
        timeline.signal();
    }

    /** Opens the window of a chunk that is read next. */
    void openWindow(Chunk chunk) {
        chunk.open(timeline.next(), timeline.streamed());
    }

    /** Takes the rows of a chunk. Where the read ended early, the rest becomes a chunk that follows it. */
    void take(Chunk chunk, ChunkRows rows) {
        Optional<JsonNode> wanted = chunk.range().end();
        chunk.take(rows);
        if (atFrontier.filter(chunk::equals).isPresent()) {
            readToEnd = rows.last();
            moveFrontier(rows.end());
        } else if (!rows.complete()) {
            Chunk rest = chunk(new ChunkRange(rows.end(), greatest, wanted));
            open.add(open.indexOf(chunk) + 1, rest);
            toRead.addFirst(rest);
            timeline.signal();
        } else if (rows.last()) {
            readToEnd = true;
        }
    }

    /**
     * Gives back a chunk whose reader lost its connection before it was marked. The mark may have been written all the
     * same: when it was passed already there is nothing to read again, and one that comes later counts no more.
     */
    void giveBack(Chunk chunk) {
        if (open.contains(chunk) && chunk.isUnfinished()) {
            openWindow(chunk);
            toRead.addFirst(chunk);
            timeline.signal();
        }
    }

    // For the task thread

    int size() {
        return open.size();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Window window() {
        return window;
    }

    /** The stream has passed a marker: its chunk is ready. */
    void passed(String marker) {
        for (Chunk chunk : open) {
            if (chunk.marker(markerPrefix).equals(marker)) {
                chunk.pass();
            }
        }
    }

    /** The stream has moved: chunks are ready whose mark is a place that it has reached. */
    void reached() {
        open.forEach(chunk -> chunk.passAt(timeline));
    }

    /** Returns the first chunk if its rows may go out. */
    Optional<Chunk> ready() {
        return open.isEmpty() || !open.get(0).isReady() ? Optional.empty() : Optional.of(open.get(0));
    }

    /**
     * Returns how much waits to be handed over.
     *
     * @param plentyRows rows that are enough for one hand-over
     * @param plentyChunks chunks that are enough, whatever their rows
     */
    Supply supply(long plentyRows, int plentyChunks) {
        long rows = 0;
        int chunks = 0;
        for (Chunk chunk : open) {
            if (!chunk.isReady()) {
                break;
            }
            rows += chunk.rows();
            chunks++;
            if (chunk.isLast() || rows >= plentyRows || chunks >= plentyChunks) {
                return Supply.PLENTY;
            }
        }
        return chunks == 0 ? Supply.NOTHING : Supply.SOME;
    }

    /** The first chunk is gone. */
    void removeFirst() {
        open.remove(0);
        window.forgetBefore(open.isEmpty() ? Long.MAX_VALUE : oldestWindow());
        timeline.signal();
    }

    private long oldestWindow() {
        return open.stream().mapToLong(Chunk::openedAt).min().orElse(Long.MAX_VALUE);
    }

    /** Lets the next batch of the first chunk be read again, and what follows wait behind it. */
    void readNextBatchAgain() {
        Chunk alone = open.get(0).takeOut(numbers.getAsLong(), timeline.next());
        open.add(0, alone);
        toRead.addFirst(alone);
        timeline.signal();
    }

    private Chunk chunk(ChunkRange range) {
        return new Chunk(numbers.getAsLong(), range, timeline.next());
    }

    String marker(Chunk chunk) {
        return chunk.marker(markerPrefix);
    }
}
