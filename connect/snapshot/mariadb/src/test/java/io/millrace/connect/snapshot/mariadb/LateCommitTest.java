package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.StreamEvent;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.control.TableName;
import io.millrace.control.TopicState;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * S2 where a transaction is in the log, and streamed, before any read sees it: for as long as the server waits for a
 * replica that does not answer.
 */
class LateCommitTest {
    private static MariaDbServer server;

    private final MariaDbDatabase database = server.createDatabase();

    @BeforeAll
    static void start() {
        server = MariaDbServer.start(
                FreePorts.next(),
                Map.of("rpl-semi-sync-master-timeout", "600000", "rpl-semi-sync-master-wait-point", "AFTER_SYNC"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTable() {
        database.execute("CREATE TABLE slow (id int PRIMARY KEY, v bigint)", "INSERT INTO slow VALUES (1, 1)");
    }

    private CompletableFuture<Void> updateAndHang() {
        database.execute("SET GLOBAL rpl_semi_sync_master_enabled = ON");
        return CompletableFuture.runAsync(() -> database.execute("UPDATE slow SET v = 2 WHERE id = 1"));
    }

    private void release() {
        database.execute("SET GLOBAL rpl_semi_sync_master_enabled = OFF");
    }

    @Test
    void aReaderThatBeginsWaitsUntilTheLogHasSettled() {
        try (Capture capture = Capture.start(database)) {
            CompletableFuture<Void> update = updateAndHang();
            Awaitility.await()
                    .atMost(Capture.LONG)
                    .until(() -> capture.log("slow").size() == 1);

            capture.snapshot("r1", "slow");
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .until(() -> capture.log("slow").size() == 1);
            release();
            update.join();

            assertThat(capture.end("r1", "slow").state()).isEqualTo(TopicState.COMPLETED);
            assertThat(capture.log("slow").stream()
                            .map(entry ->
                                    ((Struct) entry.value()).getStruct("after").getInt64("v"))
                            .toList())
                    .containsExactly(2L, 2L);
        }
    }

    @Test
    void aViewSaysWhichStreamedTransactionsItLacks() throws SQLException, TableUnreadableException {
        Map<String, String> config = Capture.config(database, Map.of());
        BinlogSnapshotDatabase snapshots =
                new BinlogSnapshotDatabase(new MariaDbDialect(config), config, Optional.empty(), Clock.systemUTC());
        try (Capture capture = Capture.start(database);
                TableConnection connection =
                        snapshots.open(new TableName(database.name(), "slow"), Optional.empty(), Optional.empty())) {
            connection.settle();
            CompletableFuture<Void> update = updateAndHang();
            Awaitility.await()
                    .atMost(Capture.LONG)
                    .until(() -> capture.log("slow").size() == 1);
            SourceRecord streamed = capture.log("slow").get(0);
            long transaction = ((StreamEvent.RowChange) snapshots.classify(streamed))
                    .transaction()
                    .orElseThrow();

            ChunkRows before = read(connection);
            assertThat(before.sees().test(transaction)).isFalse();
            release();
            update.join();
            ChunkRows after = read(connection);
            Mark behind = connection.mark("");

            assertThat(after.sees().test(transaction)).isTrue();
            assertThat(((Mark.Place) behind).position()).isGreaterThan(transaction);
        }
    }

    private static ChunkRows read(TableConnection connection) throws SQLException, TableUnreadableException {
        return connection.read(
                new ChunkRange(Optional.empty(), connection.greatestKey(), Optional.empty()),
                new ChunkLimits(10, 1000, 10));
    }
}
