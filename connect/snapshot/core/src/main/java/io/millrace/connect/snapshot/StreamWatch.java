package io.millrace.connect.snapshot;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Notices a stream that has ended without a word, as when a cable is pulled or a firewall forgets a connection: nothing
 * comes any more, which looks like a database at rest. So while nothing comes the database is asked now and then, over
 * another connection, whether it still streams. When it was found not to several times in a row, the task fails.
 */
final class StreamWatch {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final int MOST_MISSED = 2;

    /** Asks a database whether it streams. */
    @FunctionalInterface
    interface Question {
        boolean isStreaming() throws SQLException;
    }

    private final Question question;
    private final StreamFeed feed;
    private final Duration lookEvery;
    private final ExecutorService thread = SnapshotThreads.single("millrace-stream-watch");
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean streamed;
    private long seen;
    private int missed;

    StreamWatch(SnapshotDatabase database, StreamFeed feed) {
        this(database::isStreaming, feed, LOOK_EVERY);
    }

    StreamWatch(Question question, StreamFeed feed, Duration lookEvery) {
        this.question = question;
        this.feed = feed;
        this.lookEvery = lookEvery;
    }

    /** Begins to look. */
    void start() {
        thread.execute(this::watch);
    }

    private void watch() {
        try {
            while (!ended.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long arrived = feed.arrived();
        boolean moved = arrived != seen;
        seen = arrived;
        Optional<String> complaint = moved ? Optional.empty() : complaint();
        streamed |= complaint.isEmpty();
        missed = complaint.isEmpty() ? 0 : missed + 1;
        if (streamed && missed == MOST_MISSED) {
            feed.fail(new ConnectException("The stream has ended without a word: " + complaint.orElseThrow()));
        }
    }

    private Optional<String> complaint() {
        try {
            return question.isStreaming()
                    ? Optional.empty()
                    : Optional.of("the database has no connection any more that it streams to");
        } catch (SQLException e) {
            return Optional.of("the database cannot be reached, " + e.getMessage());
        }
    }

    /** Ends the looking, after a look that is under way. */
    void stop() {
        ended.countDown();
        thread.shutdown();
    }
}
