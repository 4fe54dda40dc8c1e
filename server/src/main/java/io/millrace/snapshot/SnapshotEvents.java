package io.millrace.snapshot;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ChunkedOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of server-sent events, one for each follower of a run.
 *
 * <p>A stream is what the store says, looked at four times a second: it works the same whichever server took the reports, and a
 * follower that reconnects has missed nothing that the first {@code snapshot} event does not tell.
 */
public final class SnapshotEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotEvents.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_UNTIL_COMMENT = 60;
    private static final String COMMENT = ": still here\n\n";

    private final SnapshotRepository repository;
    private final RunViews views;
    private final Clock clock;
    private final Executor threads;

    /**
     * Makes streams.
     *
     * @param threads several of them, since a follower that reads slowly keeps one busy
     */
    public SnapshotEvents(SnapshotRepository repository, RunViews views, Clock clock, Executor threads) {
        this.repository = repository;
        this.views = views;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Returns the stream of a run, which ends after its {@code end} event.
     *
     * @param lastEventId as the follower sent it; what is no number counts as nothing
     */
    ChunkedOutput<String> follow(Run run, Optional<String> lastEventId) {
        ChunkedOutput<String> out = new ChunkedOutput<>(String.class);
        long last = lastEventId
                .filter(id -> id.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(0L);
        threads.execute(new Follower(run, new EventDiff(last), out));
        return out;
    }

    /** One follower; runs itself again until the run or the connection ends. */
    private final class Follower implements Runnable {
        private final Run run;
        private final EventDiff diff;
        private final ChunkedOutput<String> out;
        private int quiet;

        Follower(Run run, EventDiff diff, ChunkedOutput<String> out) {
            this.run = run;
            this.diff = diff;
            this.out = out;
        }

        @Override
        public void run() {
            try {
                RunView now = views.of(repository.find(run.sourceId(), run.id()).orElse(run));
                write(diff.to(now, clock.instant()));
                if (now.status().isFinal()) {
                    out.close();
                } else {
                    again();
                }
            } catch (IOException e) {
                LOG.debug("A follower of snapshot {} has gone", run.id(), e);
                closeQuietly();
            } catch (RuntimeException e) {
                LOG.error("The events of snapshot {} end early", run.id(), e);
                closeQuietly();
            }
        }

        private void write(List<String> events) throws IOException {
            quiet = events.isEmpty() ? quiet + 1 : 0;
            if (!events.isEmpty()) {
                out.write(String.join("", events));
            } else if (quiet % LOOKS_UNTIL_COMMENT == 0) {
                out.write(COMMENT);
            }
        }

        private void again() {
            CompletableFuture.delayedExecutor(LOOK.toMillis(), TimeUnit.MILLISECONDS, threads)
                    .execute(this);
        }

        private void closeQuietly() {
            try {
                out.close();
            } catch (IOException e) {
                LOG.debug("A follower of snapshot {} has gone", run.id(), e);
            }
        }
    }
}
