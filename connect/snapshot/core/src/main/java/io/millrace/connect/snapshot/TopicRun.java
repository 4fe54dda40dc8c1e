package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.DesiredTopic;
import io.millrace.control.MarkerKind;
import io.millrace.control.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One table of a run: its phase, its position, and what is on its way.
 *
 * <p>Chunks leave in key order, whatever the order in which they become ready, so that one key is enough as a position.
 * All calls are made with the {@link Timeline} locked; readers make theirs through {@link ReaderDesk}, which locks.
 */
final class TopicRun {
    /** Reads of the same rows that changes may spoil before the table fails. */
    private static final int MOST_SPOILED = 40;

    /** Chunks after which it pays to open another connection for a table. */
    private static final int CHUNKS_BEFORE_HELP = 2;

    /** Bytes of chunks that are on their way, whatever their number; an upper bound is this, two chunks and a row. */
    private static final long BYTES_ON_THE_WAY = 4 << 20;

    private static final int MOST_OPEN = 8;

    /** Views of a blocking run that may be lost, one after the other, while nothing of the table is got out of the way. */
    private static final int MOST_LOST_VIEWS = 6;

    private final Timeline timeline;
    private final DesiredTopic wanted;
    private final Optional<String> surrogateKey;
    private final String markerPrefix;
    private final ChunkSize size;
    private final int mostOpen;
    private final AtomicLong inFlight = new AtomicLong();
    private final Map<String, String> partition;
    private final Supplier<Optional<StreamHold>> hold;
    private final Runnable onChange;
    private TopicPhase phase = new TopicPhase.Waiting();
    private Position position;
    private Optional<OpenChunks> chunks = Optional.empty();
    private long numbers;
    private long taken;
    private List<String> keyColumns = List.of();
    private boolean beginsAnywhere = true;
    private Optional<JsonNode> lastAtLoss = Optional.empty();
    private int lostViews;
    private Optional<MarkerKind> marker = Optional.empty();
    private Optional<String> error = Optional.empty();

    /**
     * Makes a table that waits, or one that has come to its end in an earlier life of the task.
     *
     * @param hold what holds the stream; empty in an incremental run
     * @param onChange called with the lock held after a reader changed the phase, or the begin was noted
     */
    TopicRun(
            Timeline timeline,
            DesiredTopic wanted,
            Optional<String> surrogateKey,
            String markerPrefix,
            Position position,
            int chunkBytes,
            Pace pace,
            Supplier<Optional<StreamHold>> hold,
            Runnable onChange) {
        this.timeline = timeline;
        this.wanted = wanted;
        this.surrogateKey = surrogateKey;
        this.markerPrefix = markerPrefix;
        this.position = position;
        this.size = new ChunkSize(chunkBytes, pace);
        this.mostOpen = (int) Math.max(3, Math.min(MOST_OPEN, BYTES_ON_THE_WAY / chunkBytes));
        this.partition = SnapshotRecords.partition(wanted.topic());
        this.hold = hold;
        this.onChange = onChange;
        if (position.state().isFinal()) {
            phase = new TopicPhase.Finished(position.state());
        }
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

    Optional<StreamHold> hold() {
        return hold.get();
    }

    // For the engine

    TopicPhase phase() {
        return phase;
    }

    Position position() {
        return position;
    }

    List<String> keyColumns() {
        return keyColumns;
    }

    Optional<MarkerKind> marker() {
        return marker;
    }

    int chunkRows() {
        return size.rows();
    }

    Optional<String> error() {
        return error;
    }

    /** Returns whether every row that was handed on is acknowledged. */
    boolean isAcknowledged() {
        return inFlight.get() == 0;
    }

    /** Goes to another phase; chunks that are open are dropped, and read again should the table go on (S1). */
    void move(TopicPhase next) {
        phase = next;
        position = position.in(next.state());
        chunks = Optional.empty();
        openChunks();
        timeline.signal();
    }

    private void openChunks() {
        if (phase instanceof TopicPhase.Reading && position.started().isPresent()) {
            chunks = Optional.of(new OpenChunks(timeline, () -> numbers++, markerPrefix, position));
        }
    }

    /** Returns how many readers are at work. */
    int readers() {
        return phase instanceof TopicPhase.Reading reading ? reading.readers().size() : 0;
    }

    /** Returns whether another reader would find something to do. */
    boolean wantsHelp() {
        return phase instanceof TopicPhase.Reading
                && beginsAnywhere
                && taken >= CHUNKS_BEFORE_HELP
                && chunks.filter(open -> !open.isReadToEnd()).isPresent();
    }

    /** Notes a change of the table that the task hands on. */
    void note(StreamEvent.RowChange change, long moment) {
        chunks.filter(open -> !open.isEmpty()).ifPresent(open -> open.window().note(change, moment));
    }

    /** Notes a truncation that the task hands on. */
    void noteTruncation(long moment) {
        chunks.filter(open -> !open.isEmpty()).ifPresent(open -> open.window().noteTruncation(moment));
    }

    /** The stream has passed a marker of this table. */
    void passed(String text) {
        chunks.ifPresent(open -> open.passed(text));
    }

    /** The stream has reached another place in the log. */
    void reached() {
        chunks.ifPresent(OpenChunks::reached);
    }

    /** Returns whether rows wait to be handed over. */
    boolean isReady() {
        return chunks.flatMap(OpenChunks::ready).isPresent();
    }

    /** Returns how much waits to be handed over, where so many rows are plenty. */
    Supply supply(long plentyRows) {
        return chunks.map(open -> open.supply(plentyRows, mostOpen / 2)).orElse(Supply.NOTHING);
    }

    /** Appends the rows that may go out, as far as they are allowed to; their position moves behind them. */
    void handOver(Allowance allowance, List<SourceRecord> out) {
        Optional<Map<String, Object>> before = Optional.empty();
        while (phase instanceof TopicPhase.Reading reading && isReady()) {
            OpenChunks open = chunks.orElseThrow();
            Chunk chunk = open.ready().orElseThrow();
            Optional<Batch> batch = chunk.next();
            if (batch.isEmpty()) {
                finish(reading, chunk);
                continue;
            }
            if (!allowance.isLeft()) {
                return;
            }
            Window.Verdict verdict = open.window().judge(batch.get(), chunk.openedAt());
            if (verdict instanceof Window.Verdict.ReadAgain again) {
                readAgain(reading, chunk, again.reason());
            } else if (verdict instanceof Window.Verdict.HandOver over) {
                before = before.or(() -> Optional.of(position.toOffset()));
                handOver(batch.get(), over.rows(), before.get(), out);
                allowance.spend(over.rows().size(), batch.get().bytes());
                chunk.handedOver();
            }
        }
    }

    private void handOver(Batch batch, List<Row> rows, Map<String, Object> before, List<SourceRecord> out) {
        for (Row row : rows) {
            out.add(new RowRecord(partition, before, wanted.topic(), row, inFlight));
        }
        long bytes =
                rows.isEmpty() ? 0 : batch.bytes() * rows.size() / batch.rows().size();
        position = position.behind(batch.end(), rows.size(), bytes);
    }

    private void finish(TopicPhase.Reading reading, Chunk chunk) {
        position = position.behind(chunk.range().end(), 0, 0);
        chunks.orElseThrow().removeFirst();
        if (chunk.isLast()) {
            move(reading.complete());
        }
    }

    private void readAgain(TopicPhase.Reading reading, Chunk chunk, Window.Reason reason) {
        if (chunk.spoiled() >= MOST_SPOILED) {
            fail(reading, reason.after(chunk.spoiled()));
        } else {
            chunks.orElseThrow().readNextBatchAgain();
        }
    }

    private void fail(TopicPhase.Reading reading, String reason) {
        error = Optional.of(reason);
        move(reading.fail());
        onChange.run();
    }

    /** The view is gone that the table is read in; a table that is never done before that is given up. */
    void loseView(TopicPhase.Reading reading) {
        boolean gotOn = beginsAnywhere && !position.last().equals(lastAtLoss);
        lastAtLoss = position.last();
        lostViews = gotOn ? 1 : lostViews + 1;
        if (lostViews < MOST_LOST_VIEWS) {
            move(reading.again());
            return;
        }
        error = Optional.of("The view of the database that the table is read in was lost " + lostViews
                + " times before it was read. Let the server keep sessions with a long transaction, or take an"
                + " incremental snapshot.");
        move(reading.fail());
    }

    // For readers, by way of the desk

    /** Returns whether what a reader brings is taken. */
    boolean isCurrent(TableReader reader) {
        return phase instanceof TopicPhase.Reading reading && reading.readers().count(reader);
    }

    boolean isBegun() {
        return position.started().isPresent();
    }

    /** Returns how many chunks were read so far; grows while reading gets on. */
    long chunksTaken() {
        return taken;
    }

    /** Fixes where the run ends. */
    void begin(Optional<JsonNode> greatestKey) {
        position = position.begun(greatestKey, timeline.now());
        openChunks();
    }

    /** Takes what is known of the table and reports that it is being read. */
    void describe(List<String> columns, Optional<Long> averageRowBytes, boolean fromAnywhere) {
        beginsAnywhere = fromAnywhere;
        if (keyColumns.isEmpty()) {
            averageRowBytes.ifPresent(size::expect);
        }
        keyColumns = columns;
        onChange.run();
    }

    /** Returns the next task of a reader; tells a reader that is not needed any more to leave. */
    ReaderTask next(TableReader reader) {
        OpenChunks open = chunks.orElseThrow();
        Readers readers = ((TopicPhase.Reading) phase).readers();
        Optional<Chunk> again = open.takeAgain();
        if (again.isPresent()) {
            return new ReaderTask.Read(again.get());
        }
        if (open.hasFrontier() && open.size() < mostOpen) {
            Chunk chunk = open.takeFrontier();
            return readers.size() > 1 ? new ReaderTask.Bound(chunk, size.rows()) : new ReaderTask.Read(chunk);
        }
        if (open.isReadToEnd() && readers.size() > 1) {
            readers.leave(reader);
            onChange.run();
            return new ReaderTask.Leave();
        }
        return new ReaderTask.Wait();
    }

    /** A chunk ends at a key that the database named; nothing is known of its rows yet. */
    void bounded(Chunk chunk, JsonNode end) {
        chunks.orElseThrow().endAt(chunk, end);
    }

    /** Opens the window of a chunk that is read next, and returns what the read may bring. */
    ChunkLimits open(Chunk chunk) {
        chunks.orElseThrow().openWindow(chunk);
        return size.limits(chunk.spoiled());
    }

    /**
     * Takes the rows of a chunk; false when the view lacks something that was streamed before, so that it must be read
     * again (S2).
     */
    boolean take(Chunk chunk, ChunkRows rows) {
        if (!chunk.isSeenBy(rows)) {
            return false;
        }
        taken++;
        timeline.seenBy(rows.sees());
        size.learn(rows);
        chunks.orElseThrow().take(chunk, rows);
        if (taken == CHUNKS_BEFORE_HELP) {
            onChange.run();
        }
        return true;
    }

    String marker(Chunk chunk) {
        return chunk.marker(markerPrefix);
    }

    /** The place behind the read of a chunk is marked. */
    void marked(Chunk chunk, Mark mark) {
        marker = Optional.of(mark instanceof Mark.Text ? MarkerKind.LOG_MESSAGE : MarkerKind.POSITION);
        chunk.markedBy(mark);
        chunk.passAt(timeline);
        if (isReady()) {
            timeline.ready();
        }
    }

    /** A chunk of a blocking run is read: the stream has passed it, for it is held behind. */
    void readInView(Chunk chunk) {
        chunk.pass();
        timeline.ready();
    }

    /** Gives back a chunk that was begun and is not read and marked, because the connection is gone. */
    void giveBack(Chunk chunk) {
        chunks.orElseThrow().giveBack(chunk);
    }

    /** The table cannot be read. */
    void fail(String reason) {
        if (phase instanceof TopicPhase.Reading reading) {
            fail(reading, reason);
        }
    }
}
