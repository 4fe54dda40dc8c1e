package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads chunks of one table over a connection of its own, until all are out or it is discarded. It goes in {@linkplain
 * #step steps} of one call to the database each, and never waits by itself: whoever runs it does.
 *
 * <p>A read that fails is done again with growing pauses, {@value #MOST_FAILURES} times in a row; then the table has
 * failed, with the database's words. While the database cannot be reached the reader waits for it: that fails the task,
 * not the table.
 *
 * <p>For one thread, except {@link #cancelQuery}, {@link #stepAtWork} and {@link #endStepInVain}.
 */
final class TableReader {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);
    private static final int MOST_FAILURES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration FIRST_LOOK = Duration.ofMillis(10);
    private static final Duration LAST_LOOK = Duration.ofMillis(200);

    /** What follows a step. */
    sealed interface Step {
        /** Another step, at once. */
        record GoOn() implements Step {}

        /** Another step after the next signal. */
        record AwaitSignal() implements Step {}

        /** Another step after a while. */
        record Pause(Duration length) implements Step {}

        /** Nothing: the reader has ended. */
        record Over() implements Step {}
    }

    private enum Stage {
        CONNECT,
        SETTLE,
        BEGIN,
        DESCRIBE,
        NEXT,
        BOUND,
        READ,
        MARK
    }

    private final SnapshotDatabase database;
    private final ReaderDesk desk;
    private volatile Optional<TableConnection> connection = Optional.empty();
    private Stage stage = Stage.CONNECT;
    private final AtomicLong steps = new AtomicLong();
    private volatile boolean working;
    private Optional<SharedView> view = Optional.empty();
    private Optional<Chunk> chunk = Optional.empty();
    private int boundaryRows;
    private int failures;
    private int looks;
    private long takenBefore;

    TableReader(SnapshotDatabase database, Timeline timeline, TopicRun run) {
        this.database = database;
        this.desk = new ReaderDesk(timeline, run, this);
    }

    TableName table() {
        return desk.table();
    }

    /** Does the next thing that is to be done. */
    Step step() {
        steps.incrementAndGet();
        working = true;
        try {
            return nextStep();
        } finally {
            working = false;
        }
    }

    private Step nextStep() {
        if (!desk.isCurrent()) {
            return over();
        }
        try {
            return switch (stage) {
                case CONNECT -> connect();
                case SETTLE -> settle();
                case BEGIN -> begin();
                case DESCRIBE -> describe();
                case NEXT -> next();
                case BOUND -> bound();
                case READ -> read();
                case MARK -> mark();
            };
        } catch (ViewLostException e) {
            return viewLost(e);
        } catch (SQLException e) {
            return cutOff(e, isAway(e));
        } catch (TableUnreadableException e) {
            desk.fail(e.getMessage());
            return over();
        } catch (DataException e) {
            desk.fail("The table could not be read: " + e.getMessage());
            return over();
        } catch (ConnectException e) {
            return cutOff(e, true); // the schema registry is away
        } catch (RuntimeException e) {
            LOG.error("Reading {} failed", desk.table(), e);
            desk.fail("The table could not be read: " + e);
            return over();
        }
    }

    private Step connect() throws SQLException, TableUnreadableException {
        Optional<StreamHold> hold = desk.hold();
        return hold.isPresent() ? connectInView(hold.get()) : connectBesideStream();
    }

    private Step connectBesideStream() throws SQLException, TableUnreadableException {
        connection = Optional.of(database.open(desk.table(), desk.surrogateKey(), desk.filter()));
        takenBefore = desk.chunksTaken();
        return goOnWith(Stage.SETTLE);
    }

    private Step connectInView(StreamHold hold) throws SQLException, TableUnreadableException {
        Optional<String> marker = desk.claimView(hold);
        if (marker.isPresent()) {
            return openView(hold, marker.get());
        }
        view = desk.heldAt(hold);
        if (view.isEmpty()) {
            return new Step.AwaitSignal();
        }
        connection = database.openIn(view.get(), desk.table());
        if (connection.isEmpty()) {
            return lookAgain(); // until another reader is done with its table
        }
        looks = 0;
        takenBefore = desk.chunksTaken();
        return goOnWith(desk.isBegun() ? Stage.DESCRIBE : Stage.BEGIN);
    }

    private Step openView(StreamHold hold, String marker) throws SQLException, TableUnreadableException {
        boolean tried = false;
        try {
            SharedView opened = database.openView(marker, hold.tables());
            tried = true;
            if (desk.takeView(hold, opened)) {
                return new Step.GoOn();
            }
            opened.close();
            return lookAgain();
        } finally {
            if (!tried) {
                desk.giveUpView(hold);
            }
        }
    }

    private Step settle() throws SQLException {
        connected().settle();
        return goOnWith(desk.isBegun() ? Stage.DESCRIBE : Stage.BEGIN);
    }

    private Step begin() throws SQLException, TableUnreadableException {
        desk.begin(connected().greatestKey());
        return goOnWith(Stage.DESCRIBE);
    }

    private Step describe() throws SQLException {
        desk.describe(
                connected().keyColumns(),
                connected().averageRowBytes(),
                connected().beginsAnywhere());
        return goOnWith(Stage.NEXT);
    }

    private Step next() {
        ReaderTask task = desk.next();
        if (task instanceof ReaderTask.Read read) {
            chunk = Optional.of(read.chunk());
            return goOnWith(Stage.READ);
        }
        if (task instanceof ReaderTask.Bound bound) {
            chunk = Optional.of(bound.chunk());
            boundaryRows = bound.rows();
            return goOnWith(Stage.BOUND);
        }
        return task instanceof ReaderTask.Wait ? new Step.AwaitSignal() : over();
    }

    private Step bound() throws SQLException, TableUnreadableException {
        connected()
                .boundary(chunk.orElseThrow().range(), boundaryRows)
                .ifPresent(end -> desk.bounded(chunk.orElseThrow(), end));
        return goOnWith(Stage.READ);
    }

    private Step read() throws SQLException, TableUnreadableException {
        Optional<ChunkLimits> limits = desk.open(chunk.orElseThrow());
        if (limits.isEmpty()) {
            return over();
        }
        ChunkRows rows = connected().read(chunk.orElseThrow().range(), limits.get());
        if (desk.take(chunk.orElseThrow(), rows)) {
            looks = 0;
            return view.isPresent() ? readInView() : goOnWith(Stage.MARK);
        }
        return lookAgain();
    }

    private Step lookAgain() {
        looks++;
        return new Step.Pause(growing(FIRST_LOOK, looks, LAST_LOOK));
    }

    private Step readInView() {
        desk.readInView(chunk.orElseThrow());
        chunk = Optional.empty();
        return goOnWith(Stage.NEXT);
    }

    private Step mark() throws SQLException {
        desk.marked(chunk.orElseThrow(), connected().mark(desk.marker(chunk.orElseThrow())));
        chunk = Optional.empty();
        return goOnWith(Stage.NEXT);
    }

    private TableConnection connected() {
        return connection.orElseThrow();
    }

    private Step goOnWith(Stage next) {
        stage = next;
        return new Step.GoOn();
    }

    /** Readers of a run share the view, so all of them begin anew. */
    private Step viewLost(ViewLostException e) {
        LOG.warn("Reading {} begins anew in another view: {}", desk.table(), e.getMessage());
        disconnect();
        desk.hold().ifPresent(hold -> view.ifPresent(lost -> desk.loseView(hold, lost)));
        stage = Stage.CONNECT;
        return new Step.GoOn();
    }

    private Step cutOff(Exception e, boolean away) {
        disconnect();
        if (!desk.isCurrent()) {
            return over();
        }
        chunk.ifPresent(desk::giveBack);
        chunk = Optional.empty();
        stage = Stage.CONNECT;
        boolean progressed = desk.chunksTaken() > takenBefore;
        failures = away ? Math.max(failures, 1) : progressed ? 1 : failures + 1;
        if (failures == MOST_FAILURES) {
            desk.fail("The table could not be read, " + failures + " times in a row: " + e.getMessage());
            return over();
        }
        LOG.warn("Reading {} was cut off and goes on: {}", desk.table(), e.getMessage());
        return new Step.Pause(growing(FIRST_PAUSE, failures, LONGEST_PAUSE));
    }

    /** Tells a database that cannot be reached, which says nothing about the table. The stream notices it too. */
    private static boolean isAway(SQLException lost) {
        String state = lost.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private static Duration growing(Duration first, int times, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(times - 1, 16));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /** Returns the number of the step that is being done; empty between two steps. */
    OptionalLong stepAtWork() {
        return working ? OptionalLong.of(steps.get()) : OptionalLong.empty();
    }

    /** Ends a step that waits for a server which is not at it any more; may take as long as a connection to the database. */
    void endStepInVain() {
        connection.ifPresent(TableConnection::endCallInVain);
    }

    private Step over() {
        disconnect();
        return new Step.Over();
    }

    private void disconnect() {
        connection.ifPresent(TableConnection::close);
        connection = Optional.empty();
    }

    /** Returns whether what this reader brings is still wanted. */
    boolean isCurrent() {
        return desk.isCurrent();
    }

    /** Ends the query that runs, if any; may take as long as a connection to the database. */
    void cancelQuery() {
        connection.ifPresent(TableConnection::cancel);
    }
}
