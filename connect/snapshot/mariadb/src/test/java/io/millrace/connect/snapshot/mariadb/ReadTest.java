package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.connect.converters.MillraceConverter;
import io.millrace.connect.snapshot.Batch;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.control.TableName;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one connection reads of one table, without an engine around it. */
class ReadTest {
    private static final long ENDLESS = Long.MAX_VALUE;

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChunkIsCutIntoBatchesAndEachEndsAtItsLastRow(boolean encoded) throws Exception {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "INSERT INTO item SELECT seq, concat('item ', seq) FROM seq_1_to_25");
        try (TableConnection connection = open(encoded, Optional.empty(), Optional.empty())) {
            ChunkRows rows = connection.read(range(connection, Optional.empty()), new ChunkLimits(23, ENDLESS, 10));

            assertThat(rows.batches()).extracting(batch -> batch.rows().size()).containsExactly(10, 10, 3);
            assertThat(rows.batches())
                    .extracting(batch -> batch.end().orElseThrow().get("id").intValue())
                    .containsExactly(10, 20, 23);
            assertThat(rows.batches()).extracting(Batch::bytes).allMatch(bytes -> bytes > 0);
            assertThat(rows.end()).hasValue(id(23));
            assertThat(rows.last()).isFalse();

            ChunkRows rest = connection.read(range(connection, rows.end()), new ChunkLimits(23, ENDLESS, 10));
            assertThat(rest.rows()).isEqualTo(2);
            assertThat(rest.last()).isTrue();
            assertThat(numbers(List.of(rows, rest), "id")).hasSize(25).doesNotHaveDuplicates();
        }
    }

    @Test
    void aReadEndsBehindTheRowThatBringsEnoughBytesAndTheNextGoesOnThere() throws Exception {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, pad text)",
                "INSERT INTO item SELECT seq, repeat('x', 1000) FROM seq_1_to_1000");
        try (TableConnection connection = open(true, Optional.empty(), Optional.empty())) {
            ChunkLimits limits = new ChunkLimits(100_000, 100_000, 50);
            Optional<JsonNode> greatest = connection.greatestKey();
            Optional<JsonNode> boundary = Optional.of(id(900));
            List<ChunkRows> reads = new ArrayList<>();
            reads.add(connection.read(new ChunkRange(Optional.empty(), greatest, boundary), limits));
            while (!reads.get(reads.size() - 1).complete()) {
                reads.add(connection.read(
                        new ChunkRange(reads.get(reads.size() - 1).end(), greatest, boundary), limits));
            }

            assertThat(reads).hasSizeGreaterThan(9);
            assertThat(reads.subList(0, reads.size() - 1))
                    .allSatisfy(read -> assertThat(read.bytes()).isBetween(100_000L, 103_000L));
            assertThat(reads).noneMatch(ChunkRows::last);
            assertThat(reads.get(reads.size() - 1).end()).isEqualTo(boundary);
            assertThat(reads.stream().mapToInt(ChunkRows::rows).sum()).isEqualTo(900);
        }
    }

    @Test
    void rowsOfOnePositionAreNeverParted() throws Exception {
        database.execute(
                "CREATE TABLE item (n int, grp int)", "INSERT INTO item SELECT seq, seq div 30 FROM seq_0_to_299");
        try (TableConnection connection = open(false, Optional.of("grp"), Optional.empty())) {
            List<ChunkRows> reads = new ArrayList<>();
            Optional<JsonNode> after = Optional.empty();
            do {
                ChunkRows read = connection.read(range(connection, after), new ChunkLimits(40, 400, 7));
                reads.add(read);
                after = read.end();
            } while (!reads.get(reads.size() - 1).last() && reads.size() < 100);

            assertThat(reads).filteredOn(read -> read.rows() > 0).allSatisfy(read -> {
                assertThat(read.rows() % 30).isZero();
                assertThat(read.batches()).hasSize(1);
            });
            assertThat(numbers(reads, "n")).hasSize(300).doesNotHaveDuplicates();
        }
    }

    @Test
    void aBoundaryIsTheKeyThatSoManyRowsAreUpTo() throws Exception {
        database.execute(
                "CREATE TABLE item (a varchar(9), b int, PRIMARY KEY (b, a))",
                "INSERT INTO item SELECT seq, seq % 3 FROM seq_1_to_30");
        try (TableConnection connection = open(true, Optional.empty(), Optional.of("a <> '7'"))) {
            JsonNode boundary =
                    connection.boundary(range(connection, Optional.empty()), 12).orElseThrow();
            ChunkRange first = new ChunkRange(Optional.empty(), connection.greatestKey(), Optional.of(boundary));

            assertThat(connection
                            .read(first, new ChunkLimits(1000, ENDLESS, 1000))
                            .rows())
                    .isEqualTo(12);
            assertThat(connection.boundary(range(connection, Optional.of(boundary)), 17))
                    .isEqualTo(connection.greatestKey());
            assertThat(connection.boundary(range(connection, Optional.of(boundary)), 18))
                    .isEmpty();
        }
    }

    @Test
    void aReadIsCancelledAtOnceAndTheConnectionGoesOn() throws Exception {
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item SELECT seq FROM seq_1_to_1000");
        try (TableConnection connection = open(true, Optional.empty(), Optional.of("sleep(0.5) = 0 OR id > 0"))) {
            ChunkRange range = new ChunkRange(Optional.empty(), Optional.of(id(1000)), Optional.empty());
            CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    return "read "
                            + connection
                                    .read(range, new ChunkLimits(1000, ENDLESS, 1000))
                                    .rows();
                } catch (SQLException e) {
                    return e.getSQLState();
                } catch (TableUnreadableException e) {
                    return e.getMessage();
                }
            });
            Awaitility.await().atMost(Capture.LONG).until(() -> !database.query(
                            "SELECT 1 FROM information_schema.PROCESSLIST WHERE STATE = 'User sleep'")
                    .isEmpty());

            connection.cancel();

            assertThat(reading.get()).as("state of a query that was cancelled").isEqualTo("70100");
            assertThat(connection.boundary(range, 1)).hasValue(id(1));
        }
    }

    @Test
    void aTableOfAnEngineWithoutSnapshotsIsMarkedBehindItsRead() throws Exception {
        database.execute("CREATE TABLE item (id int PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO item VALUES (1)");
        try (TableConnection connection = open(true, Optional.empty(), Optional.empty())) {
            Mark before = connection.mark("");
            connection.read(range(connection, Optional.empty()), new ChunkLimits(10, ENDLESS, 10));
            database.execute("INSERT INTO item VALUES (2)");

            assertThat(((Mark.Place) connection.mark("")).position()).isGreaterThan(((Mark.Place) before).position());
        }
    }

    @Test
    void aViewIsNoTable() {
        database.execute("CREATE TABLE base (id int PRIMARY KEY)", "CREATE VIEW item AS SELECT id FROM base");

        assertThatThrownBy(() -> open(true, Optional.of("id"), Optional.empty()))
                .isInstanceOf(TableUnreadableException.class)
                .hasMessageContaining("is a view, which has no rows");
    }

    @Test
    void aFilterThatTheServerDoesNotTakeIsUnreadable() throws Exception {
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
        try (TableConnection connection = open(true, Optional.empty(), Optional.of("no_such_column = 1"))) {
            assertThatThrownBy(connection::greatestKey)
                    .isInstanceOf(TableUnreadableException.class)
                    .hasMessageContaining("no_such_column");
        }
    }

    private TableConnection open(boolean encoded, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("key.converter", "value.converter")) {
            settings.put(name, encoded ? MillraceConverter.class.getName() : "another");
            settings.put(name + ".format", "json");
        }
        Map<String, String> config = Capture.config(database, settings);
        return new BinlogSnapshotDatabase(new MariaDbDialect(config), config, Optional.empty(), Clock.systemUTC())
                .open(new TableName(database.name(), "item"), surrogateKey, filter);
    }

    private static ChunkRange range(TableConnection connection, Optional<JsonNode> after)
            throws SQLException, TableUnreadableException {
        return new ChunkRange(after, connection.greatestKey(), Optional.empty());
    }

    private static JsonNode id(long id) {
        return JsonNodeFactory.instance.objectNode().put("id", id);
    }

    private static List<Integer> numbers(List<ChunkRows> reads, String column) {
        return reads.stream()
                .flatMap(read -> read.batches().stream())
                .flatMap(batch -> batch.rows().stream())
                .map(row -> row.identifying() == null
                        ? ((Struct) row.value()).getStruct("after").getInt32(column)
                        : row.identifying().getInt32(column))
                .toList();
    }
}
