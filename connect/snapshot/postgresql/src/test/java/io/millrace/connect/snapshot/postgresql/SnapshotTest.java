package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @Test
    void deliversEveryRowOfATableAndSaysSo() {
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, 10000) i");
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "item");

            TopicProgress end = capture.end("r1", "item");

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows()).isEqualTo(10_000);
            assertThat(end.lastKey().orElseThrow()).hasToString("{\"id\":10000}");
            assertThat(end.keyColumns()).containsExactly("id");
            assertThat(capture.log("item")).hasSize(10_000);
        }
    }
}
