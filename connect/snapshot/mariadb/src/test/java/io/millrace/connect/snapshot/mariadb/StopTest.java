package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredRun;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S6 and S7: a stop or a pause takes effect at once, loses nothing, and is remembered. */
class StopTest {
    private static final int ROWS = 100_000;

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @BeforeEach
    void createTables() {
        for (String table : List.of("a", "b")) {
            database.execute(
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad text)",
                    "INSERT INTO " + table + " SELECT seq, 1, repeat('x', 40) FROM seq_1_to_" + ROWS);
        }
    }

    @Test
    void noRowFollowsTheConfirmationAndTheOtherTableGoesOn() {
        try (Capture capture = Capture.start(database, Map.of("millrace.snapshot.parallelism", "2"))) {
            capture.snapshot("r1", "a", "b");
            awaitRows(capture, "a", 1000);
            awaitRows(capture, "b", 1000);
            capture.want(new DesiredRun(
                    "r1",
                    Intent.RUN,
                    List.of(capture.topic("a", Intent.STOP), capture.topic("b", Intent.RUN)),
                    Optional.empty(),
                    RunTerms.UNLIMITED));

            TopicProgress stopped = capture.end("r1", "a");

            assertThat(stopped.state()).isEqualTo(TopicState.CANCELLED);
            assertThat(stopped.rows()).isLessThan(ROWS);
            assertThat(capture.end("r1", "b").rows()).isEqualTo(ROWS);
            assertNothingFollows(capture, "a");
            assertThat(stopped.rows()).isEqualTo(capture.log("a").size());
            assertThat(stopped.lastKey().orElseThrow()).hasToString("{\"id\":" + stopped.rows() + "}");
        }
    }

    @Test
    void aStopBehindALongBacklogNeedsNoAnswerOfTheStream() {
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "a");
            awaitRows(capture, "a", 1000);
            capture.pauseBetweenPolls(Duration.ofMillis(300));
            database.execute(
                    "UPDATE b SET v = 2", "UPDATE b SET v = 3", "UPDATE b SET v = 4"); // 300,000 changes behind
            int before = capture.log("b").size();
            capture.want(capture.run("r1", Intent.STOP, Optional.empty(), "a"));

            assertThat(capture.end("r1", "a").state()).isEqualTo(TopicState.CANCELLED);

            assertThat(capture.log("b").size() - before)
                    .as("changes streamed meanwhile")
                    .isLessThan(100_000);
            capture.pauseBetweenPolls(Duration.ZERO);
            Awaitility.await().atMost(Capture.LONG).until(() -> capture.log("b").size() >= 300_000);
            assertNothingFollows(capture, "a");
        }
    }

    @Test
    void aPauseHoldsOverARestartAndTheRestFollowsAfterwards() {
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "a");
            awaitRows(capture, "a", 1000);
            capture.want(capture.run("r1", Intent.PAUSE, Optional.empty(), "a"));
            Awaitility.await().atMost(Capture.LONG).until(() -> state(capture, "a") == TopicState.PAUSED);
            int rows = capture.log("a").size();

            capture.crash();
            database.execute("INSERT INTO b VALUES (0, 9, 'while paused')");
            capture.awaitStreamed();

            assertThat(capture.log("a")).hasSize(rows);
            assertThat(capture.log("b")).hasSize(1);
            capture.want(capture.run("r1", Intent.RUN, Optional.empty(), "a"));
            assertThat(capture.end("r1", "a").rows()).isEqualTo(ROWS);
            assertThat(capture.log("a")).as("each row once").hasSize(ROWS);
        }
    }

    @Test
    void aStopHoldsOverARestart() {
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "a");
            awaitRows(capture, "a", 1000);
            capture.want(capture.run("r1", Intent.STOP, Optional.empty(), "a"));
            TopicProgress stopped = capture.end("r1", "a");

            capture.crash();
            capture.awaitStreamed();

            assertThat(capture.log("a")).hasSize((int) stopped.rows());
            assertThat(capture.newest("a")).contains(stopped);
        }
    }

    private static TopicState state(Capture capture, String table) {
        return capture.newest(table).orElseThrow().state();
    }

    private static void awaitRows(Capture capture, String table, long rows) {
        Awaitility.await()
                .atMost(Capture.LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> capture.newest(table)
                        .filter(progress -> progress.rows() >= rows)
                        .isPresent());
    }

    private static void assertNothingFollows(Capture capture, String table) {
        capture.awaitStreamed();
        List<SourceRecord> log = capture.log();
        int lastRow = -1;
        int lastProgress = -1;
        for (int i = 0; i < log.size(); i++) {
            boolean progress = log.get(i).topic().equals(ControlTopics.PROGRESS)
                    && log.get(i).sourcePartition().containsValue(capture.topicOf(table));
            lastProgress = progress ? i : lastProgress;
            lastRow = log.get(i).topic().equals(capture.topicOf(table)) ? i : lastRow;
        }
        assertThat(lastRow).isLessThan(lastProgress);
    }
}
