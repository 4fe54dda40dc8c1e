package io.millrace.connect.snapshot;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the chunks of one table on a thread and a connection of its own, until they are all out or it is discarded.
 *
 * <p>A read that fails is done again with growing pauses, {@value #MOST_FAILURES} times in a row; then the table has
 * failed, with the database's words. While the database cannot be reached the reader waits for it: that fails the task,
 * not the table.
 */
final class TableReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);
    private static final int MOST_FAILURES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final SnapshotDatabase database;
    private final TopicRun run;
    private volatile boolean discarded;
    private volatile Optional<TableConnection> current = Optional.empty();

    TableReader(SnapshotDatabase database, TopicRun run) {
        this.database = database;
        this.run = run;
    }

    @Override
    public void run() {
        try {
            int failures = 0;
            while (!discarded) {
                long before = run.chunksTaken();
                Optional<SQLException> lost = read();
                if (lost.isEmpty() || discarded) {
                    return;
                }
                boolean progressed = run.chunksTaken() > before;
                failures = isAway(lost.get()) ? Math.max(failures, 1) : progressed ? 1 : failures + 1;
                if (failures == MOST_FAILURES) {
                    run.fail(
                            this,
                            "The table could not be read, " + failures + " times in a row: "
                                    + lost.get().getMessage());
                    return;
                }
                LOG.warn(
                        "Reading {} was cut off and goes on: {}",
                        run.table(),
                        lost.get().getMessage());
                run.pause(this, pauseAfter(failures));
            }
        } catch (TableUnreadableException e) {
            run.fail(this, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Reading {} failed", run.table(), e);
            run.fail(this, "The table could not be read: " + e);
        }
    }

    /** Tells a database that cannot be reached, which says nothing about the table. The stream notices it too. */
    private static boolean isAway(SQLException lost) {
        String state = lost.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private Optional<SQLException> read() throws TableUnreadableException, InterruptedException {
        try (TableConnection connection = database.open(run.table(), run.surrogateKey(), run.filter())) {
            current = Optional.of(connection);
            if (!run.isBegun()) {
                run.begin(this, connection.greatestKey());
            }
            run.describe(this, connection.keyColumns(), connection.averageRowBytes());
            Optional<Chunk> next = run.next(this);
            while (next.isPresent()) {
                read(connection, next.get());
                next = run.next(this);
            }
            return Optional.empty();
        } catch (SQLException e) {
            run.giveBack(this);
            return Optional.of(e);
        } finally {
            current = Optional.empty();
        }
    }

    private void read(TableConnection connection, Chunk chunk)
            throws SQLException, TableUnreadableException, InterruptedException {
        for (int reads = 1; !discarded; reads++) {
            if (run.take(this, chunk, connection.read(chunk.range()))) {
                connection.mark(run.marker(chunk));
                run.markerWritten(this, chunk);
                return;
            }
            run.pause(this, pauseAfter(Math.min(reads, 10)).dividedBy(10));
            run.openAgain(this, chunk);
        }
    }

    private static Duration pauseAfter(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Ends the reader for good; what it still brings is not taken. Returns at once. */
    void discard() {
        discarded = true;
    }

    /** Ends the query that runs, if any; may take as long as a connection to the database. */
    void cancelQuery() {
        current.ifPresent(TableConnection::cancel);
    }

    boolean isDiscarded() {
        return discarded;
    }
}
