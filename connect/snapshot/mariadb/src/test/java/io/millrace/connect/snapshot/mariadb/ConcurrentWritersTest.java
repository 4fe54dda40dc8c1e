package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** S1 to S5 while three writers change hot and cold keys, and while the task is cut off and begins anew. */
class ConcurrentWritersTest {
    private static final int ROWS = 20_000;

    @Test
    void theTopicGivesTheTableAndNeverGoesBack() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        MariaDbDatabase database = MariaDbServer.shared().createDatabase();
        Writers.createTable(database, "stock", ROWS);
        try (Capture capture = Capture.start(
                database, Map.of("millrace.snapshot.chunk.bytes", "40000", "millrace.snapshot.parallelism", "3"))) {
            try (Writers writers = Writers.start(database, "stock", ROWS, 3, seed)) {
                Awaitility.await().until(() -> writers.transactions() > 100);
                capture.snapshot("r1", "stock");
                for (int crashes = 1; crashes <= 3; crashes++) {
                    long rows = ROWS / 5L * crashes;
                    Awaitility.await()
                            .atMost(Capture.LONG)
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> capture.newest("stock")
                                    .filter(progress -> progress.rows() >= rows)
                                    .isPresent());
                    capture.crash();
                }
                capture.end("r1", "stock");
            }
            capture.awaitStreamed();

            TopicProgress end = capture.end("r1", "stock");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            Oracle oracle = Oracle.replay(capture.log("stock"));
            oracle.assertGives(database, "stock", "id");
            assertThat(end.rows()).as("S4: rows counted").isEqualTo(oracle.reads());
            List<Long> rows =
                    capture.progress("stock").stream().map(TopicProgress::rows).toList();
            assertThat(rows).as("S5: rows never fall").isSorted();
        }
    }
}
