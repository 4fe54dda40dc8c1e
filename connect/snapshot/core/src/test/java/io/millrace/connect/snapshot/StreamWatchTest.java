package io.millrace.connect.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamWatchTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final StreamFeed feed = new StreamFeed(new Silence(), StreamBell.hang());
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void stop() {
        feed.stop();
    }

    @Test
    void aStreamThatTheDatabaseHasEndedFails() {
        StreamWatch watch = watch(() -> looks.incrementAndGet() < 4);

        Awaitility.await().untilAsserted(() -> assertThat(failure())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no connection any more that it streams to"));

        watch.stop();
        assertThat(looks.get()).as("one look may err").isGreaterThanOrEqualTo(5);
    }

    @Test
    void aDatabaseThatCannotBeReachedAnyMoreFailsTheStreamWithItsWords() {
        StreamWatch watch = watch(() -> {
            if (looks.incrementAndGet() > 1) {
                throw new SQLException("no route to host");
            }
            return true;
        });

        Awaitility.await()
                .untilAsserted(() -> assertThat(failure()).hasMessageEndingWith("cannot be reached, no route to host"));

        watch.stop();
    }

    @Test
    void aStreamThatHasNotBegunOrOnlyOnceSeemedToHaveEndedGoesOn() {
        StreamWatch watch = watch(() -> looks.incrementAndGet() > 5 && looks.get() % 2 == 0);

        Awaitility.await().until(() -> looks.get() > 20);

        watch.stop();
        assertThat(failure()).isNull();
    }

    private StreamWatch watch(StreamWatch.Question question) {
        feed.start();
        StreamWatch watch = new StreamWatch(question, feed, OFTEN);
        watch.start();
        return watch;
    }

    private Throwable failure() {
        return catchThrowable(() -> assertThat(feed.next(Duration.ZERO)).isEmpty());
    }

    /** A stream of a database at rest. */
    private static final class Silence extends SourceTask {
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void start(Map<String, String> config) {}

        @Override
        public List<SourceRecord> poll() throws InterruptedException {
            end.await();
            return List.of();
        }

        @Override
        public void stop() {
            end.countDown();
        }
    }
}
