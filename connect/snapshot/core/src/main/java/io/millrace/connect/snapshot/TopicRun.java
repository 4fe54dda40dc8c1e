package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.DesiredTopic;
import io.millrace.control.TableName;
import io.millrace.control.TopicState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One table of a run: its position, the chunks that are open, and the window over them.
 *
 * <p>Chunks leave in key order, whatever the order in which they become ready, so that one key is enough as a position.
 * What a reader brings after it was discarded is not taken. Methods for readers lock; all others are called with the
 * {@link Timeline} locked.
 */
final class TopicRun {
    /** Chunks that are read ahead of the one whose marker is awaited. */
    private static final int MOST_OPEN = 4;

    /** Reads of one chunk that changes of rows without a key may spoil before the table fails. */
    private static final int MOST_SPOILED = 20;

    private final Timeline timeline;
    private final DesiredTopic wanted;
    private final Optional<String> surrogateKey;
    private final String markerPrefix;
    private final ChunkSize size;
    private final Deque<Chunk> open = new ArrayDeque<>();
    private final Deque<Chunk> again = new ArrayDeque<>();
    private Window window = new Window();
    private TopicPhase phase = new TopicPhase.Waiting();
    private Position position;
    private Optional<JsonNode> readUpTo;
    private boolean readToEnd;
    private long opened;
    private long taken;
    private List<String> keyColumns = List.of();
    private Optional<String> error = Optional.empty();
    private Runnable onChange = () -> {};

    TopicRun(
            Timeline timeline,
            DesiredTopic wanted,
            Optional<String> surrogateKey,
            String markerPrefix,
            Position position,
            int chunkBytes) {
        this.timeline = timeline;
        this.wanted = wanted;
        this.surrogateKey = surrogateKey;
        this.markerPrefix = markerPrefix;
        this.position = position;
        this.readUpTo = position.last();
        this.size = new ChunkSize(chunkBytes);
        if (position.state().isFinal()) {
            phase = new TopicPhase.Finished(position.state());
        }
    }

    /** Sets what is called, with the lock held, after a reader changed the phase or the begin was noted. */
    void onChange(Runnable action) {
        onChange = action;
    }

    // What does not change

    TableName table() {
        return wanted.table();
    }

    String topic() {
        return wanted.topic();
    }

    Optional<String> surrogateKey() {
        return surrogateKey;
    }

    Optional<String> filter() {
        return wanted.filter();
    }

    String marker(Chunk chunk) {
        return chunk.marker(markerPrefix);
    }

    // For the task thread, with the lock held

    TopicPhase phase() {
        return phase;
    }

    Position position() {
        return position;
    }

    List<String> keyColumns() {
        return keyColumns;
    }

    int chunkRows() {
        return size.rows();
    }

    Optional<String> error() {
        return error;
    }

    /** Goes to another phase; chunks that are open are dropped, and read again should the table go on (S1). */
    void move(TopicPhase next) {
        phase = next;
        position = position.in(next.state());
        open.clear();
        again.clear();
        window = new Window();
        readUpTo = position.last();
        readToEnd = false;
        timeline.signal();
    }

    /** Notes a change of the table that the task hands on. */
    void note(StreamEvent.RowChange change, long moment) {
        if (!open.isEmpty()) {
            window.note(change, moment);
        }
    }

    /** Notes a truncation that the task hands on. */
    void noteTruncation(long moment) {
        if (!open.isEmpty()) {
            window.noteTruncation(moment);
        }
    }

    /** The stream has passed a marker of this table: appends the rows that may go out now, and the new position. */
    void passed(String marker, List<SourceRecord> out) {
        for (Chunk chunk : open) {
            if (marker(chunk).equals(marker)) {
                chunk.mark();
            }
        }
        Optional<Map<String, Object>> before = Optional.empty();
        Chunk head = open.peekFirst();
        while (head != null && head.readyRows().isPresent()) {
            ChunkRows rows = head.readyRows().get();
            if (window.spoils(rows, head.openedAt())) {
                readAgain(head);
                return;
            }
            before = before.or(() -> Optional.of(position.toOffset()));
            emit(rows, window.survivors(rows, head.openedAt()), before.get(), out);
            open.removeFirst();
            head = open.peekFirst();
            window.forgetBefore(head == null ? Long.MAX_VALUE : head.openedAt());
        }
        timeline.signal();
    }

    private void emit(ChunkRows rows, List<Row> survivors, Map<String, Object> before, List<SourceRecord> out) {
        for (Row row : survivors) {
            out.add(SnapshotRecords.row(wanted.topic(), before, row));
        }
        long bytes = rows.rows().isEmpty()
                ? 0
                : rows.bytes() * survivors.size() / rows.rows().size();
        position = position.behind(rows.end(), survivors.size(), bytes);
        if (rows.last() && phase instanceof TopicPhase.Reading reading) {
            phase = reading.complete();
            position = position.in(TopicState.COMPLETED);
        }
    }

    private void readAgain(Chunk chunk) {
        if (chunk.reads() >= MOST_SPOILED && phase instanceof TopicPhase.Reading reading) {
            failNow(
                    reading,
                    "Rows without a key were changed during each of " + chunk.reads()
                            + " reads of the same rows. Give the table a primary key, or take the snapshot while it rests.");
            return;
        }
        chunk.open(timeline.next(), timeline.streamed());
        again.add(chunk);
        timeline.signal();
    }

    // For readers

    boolean isBegun() {
        timeline.lock();
        try {
            return position.started().isPresent();
        } finally {
            timeline.unlock();
        }
    }

    /** Returns how many chunks were read so far; grows while reading gets on. */
    long chunksTaken() {
        timeline.lock();
        try {
            return taken;
        } finally {
            timeline.unlock();
        }
    }

    /** Fixes where the run ends. */
    void begin(TableReader reader, Optional<JsonNode> greatestKey) {
        asCurrent(reader, () -> position = position.begun(greatestKey, timeline.now()));
    }

    /** Takes what is known of the table and reports that it is being read. */
    void describe(TableReader reader, List<String> columns, Optional<Long> averageRowBytes) {
        asCurrent(reader, () -> {
            keyColumns = columns;
            averageRowBytes.ifPresent(size::expect);
            onChange.run();
        });
    }

    /** Waits until a chunk is to be read and opens it; empty when the reader's work is over. */
    Optional<Chunk> next(TableReader reader) throws InterruptedException {
        timeline.lock();
        try {
            while (isCurrent(reader)) {
                if (!again.isEmpty()) {
                    Chunk chunk = again.removeFirst();
                    chunk.open(timeline.next(), timeline.streamed());
                    return Optional.of(chunk);
                }
                if (!readToEnd && open.size() < MOST_OPEN) {
                    ChunkRange range = new ChunkRange(readUpTo, position.greatest(), Optional.empty(), size.rows());
                    Chunk chunk = new Chunk(opened++, range);
                    chunk.open(timeline.next(), timeline.streamed());
                    open.addLast(chunk);
                    return Optional.of(chunk);
                }
                timeline.await();
            }
            return Optional.empty();
        } finally {
            timeline.unlock();
        }
    }

    /** Opens a chunk again whose view came too early. */
    void openAgain(TableReader reader, Chunk chunk) {
        asCurrent(reader, () -> chunk.open(timeline.next(), timeline.streamed()));
    }

    /**
     * Takes the rows of a chunk; false when the view lacks something that was streamed before, so that it must be read
     * again (S2). What a discarded reader brings counts as taken and is dropped.
     */
    boolean take(TableReader reader, Chunk chunk, ChunkRows rows) {
        timeline.lock();
        try {
            if (!isCurrent(reader)) {
                return true;
            }
            if (!chunk.take(rows)) {
                return false;
            }
            taken++;
            timeline.seenBy(rows.sees());
            size.learn(rows);
            if (chunk.equals(open.peekLast())) {
                readUpTo = rows.end().or(() -> readUpTo);
                readToEnd = rows.last();
            }
            return true;
        } finally {
            timeline.unlock();
        }
    }

    /** The marker behind the read of a chunk is written. */
    void markerWritten(TableReader reader, Chunk chunk) {
        asCurrent(reader, chunk::markerWritten);
    }

    /** Gives back the chunks that were opened and are not read and marked, because the connection is gone. */
    void giveBack(TableReader reader) {
        asCurrent(reader, () -> {
            again.clear();
            open.stream().filter(Chunk::isUnfinished).forEach(again::add);
        });
    }

    /** Waits a while, or until something changes. */
    void pause(TableReader reader, Duration atMost) throws InterruptedException {
        timeline.lock();
        try {
            if (isCurrent(reader)) {
                timeline.await(atMost);
            }
        } finally {
            timeline.unlock();
        }
    }

    /** The table cannot be read. */
    void fail(TableReader reader, String reason) {
        asCurrent(reader, () -> {
            if (phase instanceof TopicPhase.Reading reading) {
                failNow(reading, reason);
            }
        });
    }

    private void failNow(TopicPhase.Reading reading, String reason) {
        error = Optional.of(reason);
        move(reading.fail());
        onChange.run();
    }

    private void asCurrent(TableReader reader, Runnable action) {
        timeline.lock();
        try {
            if (isCurrent(reader)) {
                action.run();
            }
        } finally {
            timeline.unlock();
        }
    }

    private boolean isCurrent(TableReader reader) {
        return !reader.isDiscarded()
                && phase instanceof TopicPhase.Reading reading
                && reading.reader().equals(reader);
    }
}
