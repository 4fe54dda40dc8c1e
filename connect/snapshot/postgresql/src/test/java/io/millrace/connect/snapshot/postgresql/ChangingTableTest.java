package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.Intent;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to a table during its snapshot. */
class ChangingTableTest {
    private static final int ROWS = 50_000;

    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @Test
    void aTableThatIsDroppedFailsWithItsNameAndTheOthersGoOn() {
        create("gone", "kept");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "gone", "kept");

            database.execute("DROP TABLE gone");

            TopicProgress end = capture.end("r1", "gone");
            assertThat(end.state()).isEqualTo(TopicState.FAILED);
            assertThat(end.error().orElseThrow()).contains("public.gone does not exist");
            assertThat(capture.end("r1", "kept").rows()).isEqualTo(ROWS);
        }
    }

    @Test
    void aTableThatIsTruncatedComesToItsEndEmpty() {
        create("emptied");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "emptied");

            database.execute("TRUNCATE emptied");
            TopicProgress end = capture.end("r1", "emptied");
            capture.awaitStreamed();

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            List<String> operations = capture.log("emptied").stream()
                    .map(entry -> ((Struct) entry.value()).getString("op"))
                    .toList();
            assertThat(operations.get(operations.size() - 1))
                    .as("nothing is read behind the truncation")
                    .isEqualTo("t");
        }
    }

    @Test
    void columnsThatComeAndGoAreFollowedWithoutAChangeInTheStream() {
        create("altered");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "altered");

            database.execute("ALTER TABLE altered ADD COLUMN added int NOT NULL DEFAULT 5, DROP COLUMN pad");

            TopicProgress end = capture.end("r1", "altered");
            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows()).isEqualTo(ROWS);
            List<SourceRecord> rows = capture.log("altered");
            Struct newest = ((Struct) rows.get(rows.size() - 1).value()).getStruct("after");
            assertThat(newest.getInt32("added")).isEqualTo(5);
            assertThat(newest.schema().field("pad")).isNull();
        }
    }

    @Test
    void anotherKeyEndsTheRunOfTheTable() {
        create("rekeyed");
        try (Capture capture = Capture.start(database)) {
            halfway(capture, "rekeyed");

            database.execute("ALTER TABLE rekeyed DROP CONSTRAINT rekeyed_pkey, ADD PRIMARY KEY (v, id)");

            TopicProgress end = capture.end("r1", "rekeyed");
            assertThat(end.state()).isEqualTo(TopicState.FAILED);
            assertThat(end.error().orElseThrow()).contains("The key of table public.rekeyed changed");
        }
    }

    @Test
    void aDeleteOfARowWithoutAKeyMakesTheChunkBeReadAgain() {
        database.execute(
                "CREATE TABLE keyless (n int, v int)",
                "ALTER TABLE keyless REPLICA IDENTITY FULL",
                "INSERT INTO keyless SELECT i, 1 FROM generate_series(1, 20000) i");
        try (Capture capture = Capture.start(database)) {
            capture.pauseBetweenPolls(Duration.ofMillis(20));
            capture.want(Capture.run("r1", Intent.RUN, Optional.of("n"), "keyless"));
            Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest("keyless")
                    .filter(progress -> progress.rows() > 0)
                    .isPresent());
            for (int i = 0; i < 20; i++) {
                database.execute("DELETE FROM keyless WHERE n % 20 = " + i + " AND n > 10000");
            }
            capture.pauseBetweenPolls(Duration.ZERO);

            TopicProgress end = capture.end("r1", "keyless");

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            capture.awaitStreamed();
            assertThat(readsAfterTheirDelete(capture)).isEmpty();
        }
    }

    private static List<Integer> readsAfterTheirDelete(Capture capture) {
        Set<Integer> deleted = new HashSet<>();
        List<Integer> returned = new ArrayList<>();
        for (SourceRecord entry : capture.log("keyless")) {
            if (entry.value() instanceof Struct value) {
                if (value.getString("op").equals("d")) {
                    deleted.add(value.getStruct("before").getInt32("n"));
                } else if (deleted.contains(value.getStruct("after").getInt32("n"))) {
                    returned.add(value.getStruct("after").getInt32("n"));
                }
            }
        }
        return returned;
    }

    @Test
    void aCommitThatIsStreamedBeforeItIsVisibleIsNotOvertaken() {
        try (PostgresServer server = PostgresServer.start(18, FreePorts.next(), Map.of())) {
            PostgresDatabase hanging = server.createDatabase();
            hanging.execute("CREATE TABLE slow (id int PRIMARY KEY, v bigint)", "INSERT INTO slow VALUES (1, 1)");
            try (Capture capture = Capture.start(hanging)) {
                hanging.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
                CompletableFuture<Void> update = CompletableFuture.runAsync(() -> updateAndHang(hanging));
                Awaitility.await()
                        .atMost(Capture.LONG)
                        .until(() -> capture.log("slow").size() == 1);

                capture.snapshot("r1", "slow"); // the update is streamed, yet no read sees it
                Awaitility.await().atMost(Capture.LONG).until(() -> waitingForStandby(hanging) == 2);
                Awaitility.await()
                        .during(Duration.ofSeconds(1))
                        .until(() -> capture.log("slow").size() == 1);
                releaseStandby(hanging);
                update.join();

                assertThat(capture.end("r1", "slow").state()).isEqualTo(TopicState.COMPLETED);
                assertThat(capture.log("slow").stream()
                                .map(entry -> ((Struct) entry.value())
                                        .getStruct("after")
                                        .getInt64("v"))
                                .toList())
                        .containsExactly(2L, 2L);
                releaseStandby(hanging);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Counts the update and the reader, which does not read before the log has settled. */
    private static int waitingForStandby(PostgresDatabase database) {
        return database.query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                .size();
    }

    private static void updateAndHang(PostgresDatabase database) {
        database.execute("UPDATE slow SET v = 2 WHERE id = 1");
    }

    private static void releaseStandby(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = local");
            statement.execute("ALTER SYSTEM RESET synchronous_standby_names");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @Test
    void twoHundredTablesGoThroughInOneRun() {
        String[] tables = IntStream.range(0, 200).mapToObj(i -> "t" + i).toArray(String[]::new);
        for (String table : tables) {
            database.execute(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                    "INSERT INTO " + table + " SELECT generate_series(1, 25)");
        }
        try (Capture capture = Capture.start(database, Map.of("millrace.snapshot.parallelism", "4"))) {
            capture.snapshot("r1", tables);

            for (String table : tables) {
                TopicProgress end = capture.end("r1", table);
                assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
                assertThat(end.rows()).as(table).isEqualTo(25);
                assertThat(capture.log(table)).hasSize(25);
            }
        }
    }

    private void create(String... tables) {
        for (String table : tables) {
            database.execute(
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad text)",
                    "INSERT INTO " + table + " SELECT i, 1, repeat('x', 40) FROM generate_series(1, " + ROWS + ") i");
        }
    }

    private static void halfway(Capture capture, String... tables) {
        capture.snapshot("r1", tables);
        Awaitility.await()
                .atMost(Capture.LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> capture.newest(tables[0])
                        .filter(progress -> progress.rows() > 1000)
                        .isPresent());
    }
}
