package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.connect.converters.MillraceConverter;
import io.millrace.connect.snapshot.Batch;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.ChunkRows;
import io.millrace.connect.snapshot.Row;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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

    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChunkIsCutIntoBatchesAndEachEndsAtItsLastRow(boolean encoded) throws Exception {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, 25) i");
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
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "INSERT INTO item SELECT i, repeat('x', 1000) FROM generate_series(1, 1000) i");
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
                "CREATE TABLE item (n int, grp int)",
                "INSERT INTO item SELECT i, i / 30 FROM generate_series(0, 299) i");
        try (TableConnection connection = open(false, Optional.of("grp"), Optional.empty())) {
            List<ChunkRows> reads = new ArrayList<>();
            Optional<JsonNode> after = Optional.empty();
            do {
                ChunkRows read = connection.read(range(connection, after), new ChunkLimits(100_000, 400, 7));
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
                "CREATE TABLE item (a text, b int, PRIMARY KEY (b, a))",
                "INSERT INTO item SELECT i::text, i % 3 FROM generate_series(1, 30) i");
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
    void noBoundaryIsToldWhereItCouldPartRowsOrTheyHaveNoKey() throws Exception {
        database.execute(
                "CREATE TABLE item (n int UNIQUE, grp int)",
                "INSERT INTO item SELECT nullif(i, 5), 1 FROM generate_series(1, 10) i",
                "CREATE TABLE loose (n int)",
                "INSERT INTO loose SELECT 1 FROM generate_series(1, 10) i");
        try (TableConnection nullable = open(true, Optional.empty(), Optional.empty());
                TableConnection loose = open("loose", false, Optional.of("n"), Optional.empty())) {
            assertThat(nullable.boundary(range(nullable, Optional.empty()), 3)).isPresent();
            assertThat(nullable.boundary(range(nullable, nullable.greatestKey()), 1))
                    .isEmpty();
            assertThat(loose.boundary(range(loose, Optional.empty()), 3)).isEmpty();
        }
    }

    @Test
    void aReadIsCancelledAtOnceAndTheConnectionGoesOn() throws Exception {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item SELECT i FROM generate_series(1, 1000) i");
        try (TableConnection connection =
                open(true, Optional.empty(), Optional.of("pg_sleep(0.5) IS NOT NULL OR id > 0"))) {
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
                            "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'")
                    .isEmpty());

            connection.cancel();

            assertThat(reading.get()).as("state of a query that was cancelled").isEqualTo("57014");
            assertThat(connection.greatestKey()).hasValue(id(1000));
        }
    }

    @Test
    void aColumnOfRowsThatAreEncodedMayNeedLookUpsInTheMiddleOfARead() throws Exception {
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE TABLE item (id int PRIMARY KEY, moods mood[], codes int[])",
                "INSERT INTO item SELECT i, '{sad,ok}', '{1,2}' FROM generate_series(1, 5000) i");
        try (TableConnection connection = open(true, Optional.empty(), Optional.empty())) {
            ChunkRows rows = connection.read(range(connection, Optional.empty()), new ChunkLimits(9000, ENDLESS, 1000));

            assertThat(rows.rows()).isEqualTo(5000);
            Row newest = rows.batches().get(4).rows().get(999);
            assertThat(new String((byte[]) newest.value(), StandardCharsets.UTF_8))
                    .contains("\"after\":{\"id\":5000,\"moods\":[\"sad\",\"ok\"],\"codes\":[1,2]}");
            assertThat(new String((byte[]) newest.key(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"id\":5000}");
        }
    }

    private TableConnection open(boolean encoded, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        return open("item", encoded, surrogateKey, filter);
    }

    private TableConnection open(String table, boolean encoded, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("key.converter", "value.converter")) {
            settings.put(name, encoded ? MillraceConverter.class.getName() : "another");
            settings.put(name + ".format", "json");
        }
        return new PostgresSnapshotDatabase(Capture.config(database, settings))
                .open(new TableName("public", table), surrogateKey, filter);
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
