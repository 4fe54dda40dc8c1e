package io.millrace.connect.snapshot;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs readers, each on a thread of its own. */
final class ReaderThreads implements ReaderRunner {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(4);

    private final ExecutorService threads;
    private final Timeline timeline;

    ReaderThreads(ExecutorService threads, Timeline timeline) {
        this.threads = threads;
        this.timeline = timeline;
    }

    @Override
    public void start(TableReader reader) {
        CountDownLatch ended = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                run(reader);
            } finally {
                ended.countDown();
            }
        });
        threads.execute(() -> watch(reader, ended));
    }

    /** Looks after a reader that does not get on. */
    private static void watch(TableReader reader, CountDownLatch ended) {
        try {
            OptionalLong seen = OptionalLong.empty();
            while (!ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                OptionalLong present = reader.stepAtWork();
                if (present.isPresent() && present.equals(seen)) {
                    reader.endStepInVain();
                }
                seen = present;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void cancelQuery(TableReader reader) {
        threads.execute(reader::cancelQuery);
    }

    @Override
    public void close(SharedView view) {
        threads.execute(view::close);
    }

    private void run(TableReader reader) {
        try {
            long seen = timeline.signals();
            TableReader.Step next = reader.step();
            while (!(next instanceof TableReader.Step.Over)) {
                if (next instanceof TableReader.Step.AwaitSignal) {
                    timeline.awaitSignalAfter(seen, LONGEST_WAIT);
                } else if (next instanceof TableReader.Step.Pause pause) {
                    rest(reader, pause.length());
                }
                seen = timeline.signals();
                next = reader.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest(TableReader reader, Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        long left = length.toNanos();
        while (left > 0 && reader.isCurrent()) {
            timeline.awaitSignalAfter(timeline.signals(), Duration.ofNanos(left));
            left = end - System.nanoTime();
        }
    }
}
