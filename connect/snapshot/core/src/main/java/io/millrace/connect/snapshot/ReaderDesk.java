package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a reader of a table gets its tasks and hands in what it brings. Each call takes the engine's lock, and one of a
 * reader that was discarded changes nothing.
 */
final class ReaderDesk {
    private final Timeline timeline;
    private final TopicRun run;
    private final TableReader reader;

    ReaderDesk(Timeline timeline, TopicRun run, TableReader reader) {
        this.timeline = timeline;
        this.run = run;
        this.reader = reader;
    }

    TableName table() {
        return run.table();
    }

    Optional<String> surrogateKey() {
        return run.surrogateKey();
    }

    Optional<String> filter() {
        return run.filter();
    }

    /** Returns what holds the stream for a blocking run; empty in an incremental one. */
    Optional<StreamHold> hold() {
        return locked(run::hold);
    }

    /** Returns the marker of the view that the reader is to open, if it is to. */
    Optional<String> claimView(StreamHold hold) {
        return locked(() -> hold.claim() ? Optional.of(hold.nextMarker()) : Optional.empty());
    }

    Optional<SharedView> heldAt(StreamHold hold) {
        return locked(hold::heldAt);
    }

    /** Takes a view; false when it is to be closed again. */
    boolean takeView(StreamHold hold, SharedView view) {
        return locked(() -> hold.take(view));
    }

    void giveUpView(StreamHold hold) {
        locked(() -> {
            hold.giveUp();
            return true;
        });
    }

    /** The view is gone that the reader read in. */
    void loseView(StreamHold hold, SharedView view) {
        locked(() -> {
            hold.lose(view);
            return true;
        });
    }

    boolean isCurrent() {
        return locked(() -> run.isCurrent(reader));
    }

    boolean isBegun() {
        return locked(run::isBegun);
    }

    long chunksTaken() {
        return locked(run::chunksTaken);
    }

    void begin(Optional<JsonNode> greatestKey) {
        asCurrent(() -> run.begin(greatestKey));
    }

    void describe(List<String> columns, Optional<Long> averageRowBytes, boolean beginsAnywhere) {
        asCurrent(() -> run.describe(columns, averageRowBytes, beginsAnywhere));
    }

    ReaderTask next() {
        return asCurrent(() -> run.next(reader), new ReaderTask.Leave());
    }

    void bounded(Chunk chunk, JsonNode end) {
        asCurrent(() -> run.bounded(chunk, end));
    }

    /** Opens a chunk's window for a read; empty when it need not be read any more. */
    Optional<ChunkLimits> open(Chunk chunk) {
        return asCurrent(() -> Optional.of(run.open(chunk)), Optional.empty());
    }

    /** Takes what was read; false when it must be read again. */
    boolean take(Chunk chunk, ChunkRows rows) {
        return asCurrent(() -> run.take(chunk, rows), true);
    }

    String marker(Chunk chunk) {
        return locked(() -> run.marker(chunk));
    }

    void marked(Chunk chunk, Mark mark) {
        asCurrent(() -> run.marked(chunk, mark));
    }

    /** A chunk of a blocking run is read; nothing in the stream is to be awaited. */
    void readInView(Chunk chunk) {
        asCurrent(() -> run.readInView(chunk));
    }

    void giveBack(Chunk chunk) {
        asCurrent(() -> run.giveBack(chunk));
    }

    void fail(String reason) {
        asCurrent(() -> run.fail(reason));
    }

    private void asCurrent(Runnable action) {
        asCurrent(
                () -> {
                    action.run();
                    return true;
                },
                false);
    }

    private <T> T asCurrent(Supplier<T> action, T otherwise) {
        return locked(() -> run.isCurrent(reader) ? action.get() : otherwise);
    }

    private <T> T locked(Supplier<T> action) {
        timeline.lock();
        try {
            return action.get();
        } finally {
            timeline.unlock();
        }
    }
}
